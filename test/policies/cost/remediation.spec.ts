import assert from "node:assert/strict";
import { join } from "node:path";
import { costPack } from "../../../policies/cost/pack";
import { findingOf } from "../../../preview/policies/evaluate-pack";
import { PackClient } from "../../../preview/policies/pack-client";
import { startPack, type PackServer } from "../../../preview/policies/pack-server";
import { buildPackIfStale } from "../../../scripts/build-policies";
import { resource, UNKNOWN, type FixtureResource } from "./fixtures/fixture";
import { toAnalyzed } from "./fixtures/to-analyzed";

const FOLDER = join(__dirname, "..", "..", "..", "policies", "cost");
const STACK = { project: "smartretail", stack: "prod" };

/** Per remediable rule: what violates it, beside an unknown value. */
const CASES: Readonly<Record<string, FixtureResource>> = {
  "cost-api-cache": resource("aws:apigateway/stage:Stage", { restApi: UNKNOWN, cacheClusterEnabled: true }),
  "cost-bucket-key": resource(
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    {
      bucket: UNKNOWN,
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: UNKNOWN } }],
    },
  ),
  "cost-log-retention-maximum": resource("aws:cloudwatch/logGroup:LogGroup", { kmsKeyId: UNKNOWN }),
  "cost-studio-idle-shutdown": resource("aws:sagemaker/domain:Domain", {
    vpcId: UNKNOWN,
    defaultUserSettings: {
      executionRole: UNKNOWN,
      jupyterLabAppSettings: { defaultResourceSpec: { instanceType: UNKNOWN } },
    },
    defaultSpaceSettings: { executionRole: UNKNOWN },
  }),
  "cost-studio-tag-propagation": resource("aws:sagemaker/domain:Domain", { vpcId: UNKNOWN }),
};

describe("cost remediations", () => {
  let server: PackServer;
  let client: PackClient;

  before(async () => {
    await buildPackIfStale(FOLDER);
    server = await startPack(FOLDER);
    client = new PackClient(server.address);
  });

  after(() => {
    client.close();
    server.stop();
  });

  it("has a case for every rule that remediates", () => {
    const remediable = costPack.rules.filter((rule) => "remediate" in rule).map(({ id }) => id);

    assert.deepEqual(remediable.sort(), Object.keys(CASES).sort());
  });

  for (const [id, violating] of Object.entries(CASES)) {
    it(`puts right what ${id} finds and touches nothing else`, async () => {
      await client.configure(STACK, { all: "disabled", [id]: "remediate" });
      const broken = toAnalyzed(violating);

      const [remedy] = await client.remediate(broken);
      const healed = { ...broken, inputs: remedy?.properties ?? {} };
      const findings = (await client.analyze(healed)).map(findingOf);

      assert.equal((await client.analyze(broken)).length > 0, true);
      assert.deepEqual(
        findings.filter(({ outcome }) => outcome === "violation"),
        [],
      );
      for (const [key, value] of Object.entries(broken.inputs))
        if (value === UNKNOWN) assert.equal(healed.inputs[key], UNKNOWN, key);
    });
  }
});
