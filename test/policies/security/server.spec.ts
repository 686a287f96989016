import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UNKNOWN } from "../../../policies/kit";
import type { AnalyzedResource } from "../../../preview/policies/analyzed-resource";
import { analyze, findingOf, type Finding } from "../../../preview/policies/evaluate-pack";
import { PackClient } from "../../../preview/policies/pack-client";
import { startPack, type PackServer } from "../../../preview/policies/pack-server";
import { buildPackIfStale } from "../../../scripts/build-policies";
import { analyzed, ref, urnOf } from "../support/fixture";
import { T } from "./breakages/types";

const FOLDER = join(__dirname, "..", "..", "..", "policies", "security");
const STACK = { project: "platform", stack: "test" };
const REASON = "The partner's loader needs it until the new interface is live.";

const bucket = { type: T.bucket, name: "raw", properties: { bucket: "raw", forceDestroy: true } };
const [emptied] = analyzed([bucket]);

describe("the server of the security pack", () => {
  let server: PackServer;
  let client: PackClient;
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "policies-"));
    await buildPackIfStale(FOLDER);
    server = await startPack(FOLDER);
    client = new PackClient(server.address);
  });

  after(() => {
    client.close();
    server.stop();
    rmSync(folder, { recursive: true });
  });

  async function run(settings: object, resources: readonly AnalyzedResource[]): Promise<Finding[]> {
    await client.configure(STACK, { all: "disabled", ...settings });
    return (await analyze(client, resources)).map(findingOf);
  }

  /** An exemptions file with one entry, and the settings that use it. */
  function exempting(entry: object): object {
    const file = join(folder, "exemptions.json");
    const whole = {
      rule: "s3-no-force-destroy",
      resource: "*::raw",
      reason: REASON,
      owner: "data-platform",
      expires: "2099-12-31",
      ...entry,
    };
    writeFileSync(file, JSON.stringify({ security: [whole] }));
    return {
      "s3-no-force-destroy": "mandatory",
      "security-exemptions": { enforcementLevel: "mandatory", file },
    };
  }

  const one = (): AnalyzedResource[] => (emptied ? [emptied] : []);

  it("rejects a mistyped policy with the name that was meant", async () => {
    await assert.rejects(
      run({ "s3-no-force-destory": "mandatory" }, []),
      /"s3-no-force-destory" is not a policy of this pack: did you mean "s3-no-force-destroy"\?/,
    );
  });

  it("rejects a mistyped option with the name that was meant", async () => {
    await assert.rejects(
      run({ "sm-epc-ha": { minimun: 2 } }, []),
      /sm-epc-ha: "minimun" is not an option of it: did you mean "minimum"\?/,
    );
  });

  it("rejects options of the wrong type, choice and range", async () => {
    await assert.rejects(
      run({ "sm-epc-ha": { minimum: "two" } }, []),
      /sm-epc-ha.minimum is "two": expected integer/,
    );
    await assert.rejects(
      run({ "sm-epc-ha": { count: "zone" } }, []),
      /expected one of "variant", "endpoint"/,
    );
    await assert.rejects(run({ "sm-epc-ha": { minimum: 0 } }, []), /expected at least 1/);
  });

  it("takes the level of every policy from the configuration", async () => {
    const advisory = await run({ "s3-no-force-destroy": "advisory" }, one());
    const none = await run({}, one());

    assert.deepEqual(
      advisory.map(({ policy, level }) => `${policy} ${level}`),
      ["s3-no-force-destroy advisory"],
    );
    assert.deepEqual(none, []);
  });

  it("shows an exempted violation with its reason, and does not count it", async () => {
    const [finding, ...others] = await run(exempting({}), one());

    assert.deepEqual(others, []);
    assert.equal(finding?.outcome, "exempted");
    assert.equal(finding?.level, "advisory");
    assert.match(finding?.message ?? "", /waived until 2099-12-31 by data-platform: The partner's loader/);
  });

  it("fails an expired exemption, and the violation that it no longer covers", async () => {
    const findings = await run(exempting({ expires: "2020-01-31" }), one());

    assert.deepEqual(
      findings.map(({ policy, outcome, level }) => `${policy} ${outcome} ${level}`),
      ["s3-no-force-destroy violation mandatory", "security-exemptions violation mandatory"],
    );
    assert.match(findings[1]?.message ?? "", /expired on 2020-01-31/);
  });

  it("fails an exemption that nothing needs", async () => {
    const findings = await run(exempting({ resource: "*::another" }), one());

    assert.match(
      findings.find(({ policy }) => policy === "security-exemptions")?.message ?? "",
      /is not needed any more/,
    );
  });

  it("rejects exemptions without a reason, for unknown rules, and for rules that cannot be waived", async () => {
    await assert.rejects(run(exempting({ reason: "by design" }), []), /the reason "by design" is too short/);
    await assert.rejects(
      run(exempting({ rule: "s3-no-force-destroi" }), []),
      /did you mean "s3-no-force-destroy"\?/,
    );
    await assert.rejects(run(exempting({ rule: "iam-no-admin" }), []), /iam-no-admin cannot be waived/);
    await assert.rejects(run(exempting({ expires: "2027-02-30" }), []), /expected a date as YYYY-MM-DD/);
  });

  it("reports what it cannot decide yet once per rule, and the violation beside it all the same", async () => {
    const unknown = ["a", "b", "c", "d"].map((name) => ({
      ...bucket,
      name,
      properties: { forceDestroy: UNKNOWN },
    }));

    const findings = await run({ "s3-no-force-destroy": "mandatory" }, [...analyzed(unknown), ...one()]);

    const deferred = findings.filter(({ outcome }) => outcome === "deferred");
    assert.deepEqual(
      findings.filter(({ outcome }) => outcome === "violation").map(({ urn }) => urn),
      [urnOf(bucket)],
    );
    assert.equal(deferred.length, 1);
    assert.match(deferred[0]?.message ?? "", /a \(forceDestroy\).* and 1 more$/);
  });

  it("does not take what the cloud adds to a resource for what the program set", async () => {
    const role = { type: T.role, name: "training", properties: {} };
    const attachment = { type: T.attachment, name: "attachment", properties: { role: ref("training") } };
    const afterUpdate = analyzed([role, attachment]).map((resource) =>
      resource.type === T.role
        ? { ...resource, outputs: { ...resource.outputs, managedPolicyArns: ["arn"] } }
        : resource,
    );

    const findings = await run({ "iam-no-mgmt-conflict": "mandatory" }, afterUpdate);

    assert.deepEqual(findings, []);
  });

  it("remediates in place and leaves unknown and secret properties alone", async () => {
    await client.configure(STACK, { all: "disabled", "s3-no-force-destroy": "remediate" });
    const target = { ...emptied, inputs: { forceDestroy: true, bucket: UNKNOWN } } as AnalyzedResource;

    const [remediation] = await client.remediate(target);

    assert.deepEqual(remediation?.properties, { forceDestroy: false, bucket: UNKNOWN });
  });
});
