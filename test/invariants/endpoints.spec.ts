import assert from "node:assert/strict";
import type { Plan } from "../../preview/plan-environment";
import { STACKS } from "../support/environments";
import { endpointGaps, neededEndpoints } from "../support/endpoint-needs";
import { planOf } from "../support/plans";

/** Short names of the interface endpoints that a plan makes. */
function made({ recording }: Plan): string[] {
  return recording.resources
    .filter(
      ({ type, inputs }) =>
        type === "aws:ec2/vpcEndpoint:VpcEndpoint" && inputs.vpcEndpointType === "Interface",
    )
    .map(({ inputs }) => String(inputs.serviceName))
    .map((service) => (service.endsWith(".studio") ? "studio" : service.split(".").slice(3).join(".")))
    .sort();
}

for (const stack of [...STACKS, "lean"] as const) {
  describe(`the interface endpoints of ${stack}`, () => {
    let plan: Plan;
    before(async () => {
      plan = await planOf(stack);
    });

    it("are those that somebody in the network calls, and no others", () => {
      const needs = neededEndpoints(plan.recording);

      assert.deepEqual(endpointGaps(needs, made(plan)), { missing: [], unused: [] });
      assert.ok(needs.size >= (stack === "lean" ? 6 : 10), [...needs.keys()].join(", "));
    });

    it("are missed, each of them, when one is taken away", () => {
      const needs = neededEndpoints(plan.recording);

      for (const name of made(plan)) {
        const rest = made(plan).filter((other) => other !== name);
        assert.deepEqual(endpointGaps(needs, rest).missing, [name]);
      }
    });
  });
}

describe("neededEndpoints", () => {
  it("finds an endpoint that nobody calls", async () => {
    const needs = neededEndpoints((await planOf("prod")).recording);

    assert.deepEqual(endpointGaps(needs, ["kms", ...needs.keys()]).unused, ["kms"]);
  });

  it("asks for what a function in the network may call", async () => {
    const { recording } = await planOf("prod");
    const release = recording.resources.find(({ name }) => name === "release-control-task");
    const telling = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Sid: "Tell", Effect: "Allow", Action: "sns:Publish", Resource: "*" }],
    });
    const resources = recording.resources.map((resource) =>
      resource === release ? { ...resource, inputs: { ...resource.inputs, policy: telling } } : resource,
    );

    assert.ok(release !== undefined);
    assert.deepEqual(endpointGaps(neededEndpoints({ ...recording, resources }), made(await planOf("prod"))), {
      missing: ["sns"],
      unused: [],
    });
  });
});
