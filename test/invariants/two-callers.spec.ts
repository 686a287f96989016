import assert from "node:assert/strict";
import { planEnvironment, type Plan } from "../../preview/plan-environment";
import { STACKS, statements } from "../support/environments";
import { planOf } from "../support/plans";

const REVIEWER = "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Reviewer_0123456789abcdef/aoki";

/** By name: which of two registrations that wait for nothing comes first is chance. */
function sorted({ recording }: Plan) {
  return [...recording.resources].sort((one, other) => (one.urn < other.urn ? -1 : 1));
}

/** Every policy document, byte for byte, by where it stands. */
function documents(plan: Plan): string[] {
  return sorted(plan)
    .filter(({ custom }) => custom)
    .flatMap(({ urn, inputs }) => textsOf(inputs).map((text) => `${urn} ${text}`));
}

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return value.includes('"Statement"') ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

for (const stack of STACKS) {
  describe(`the plan of ${stack} by another caller`, () => {
    it("has the same policy documents, byte for byte, and registers the same resources", async () => {
      const [own, other] = [
        await planOf(stack, { preview: true }),
        await planEnvironment(stack, { callerArn: REVIEWER, preview: true }),
      ];

      assert.ok(statements(own).length > 100);
      assert.deepEqual(documents(other), documents(own));
      assert.equal(JSON.stringify(sorted(other)), JSON.stringify(sorted(own)));
    });

    it("names no caller anywhere", async () => {
      const { recording } = await planOf(stack);

      assert.doesNotMatch(JSON.stringify(recording.resources), /assumed-role|arn:aws:sts/);
    });
  });
}
