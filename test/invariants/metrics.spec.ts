import assert from "node:assert/strict";
import { join } from "node:path";
import { CATEGORIES } from "../../contracts/categories";
import {
  DEPLOYMENT_METRICS,
  DEPLOYMENT_NAMESPACE,
  deploymentDimensions,
  METRIC_NAMESPACE,
  METRICS,
  metricDimensions,
} from "../../contracts/metrics";
import { readUsageFile } from "../../policies/cost/pricing/usage-file";
import type { RecordedResource } from "../../preview/recorded-resource";
import { STACKS } from "../support/environments";
import { metricsRead } from "../support/metrics-read";
import { planOf } from "../support/plans";
import { actionsOf, statementsOf } from "../support/statements";

/** Namespaces that AWS services publish to; an account cannot. */
const OF_AWS = /^(AWS\/|\/aws\/)/;

async function resourcesOf(stack: "dev" | "prod"): Promise<readonly RecordedResource[]> {
  return (await planOf(stack)).recording.resources;
}

/** Namespaces that some role may publish to. */
function granted(resources: readonly RecordedResource[]): string[] {
  return resources
    .filter(({ type }) => type === "aws:iam/policy:Policy")
    .flatMap(({ inputs }) => statementsOf(inputs.policy))
    .filter(
      (statement) =>
        statement.Effect === "Allow" && actionsOf(statement).includes("cloudwatch:PutMetricData"),
    )
    .flatMap(({ Condition }) => [Condition?.StringEquals?.["cloudwatch:namespace"] ?? "anywhere"].flat());
}

for (const stack of STACKS) {
  describe(`the metrics of ${stack}`, () => {
    it("are AWS's own or those that the platform publishes, with the dimensions that it publishes", async () => {
      const resources = await resourcesOf(stack);
      const metrics = metricsRead(resources);
      const ours = metrics.filter(
        ({ namespace }) => !OF_AWS.test(namespace) && namespace !== DEPLOYMENT_NAMESPACE,
      );

      assert.ok(metrics.length > ours.length);
      assert.deepEqual([...new Set(ours.map(({ name }) => name))].sort(), Object.keys(METRICS).sort());
      for (const { where, namespace, dimensions } of ours) {
        assert.equal(namespace, METRIC_NAMESPACE, where);
        const { Environment, Category = "" } = dimensions;
        assert.deepEqual(dimensions, metricDimensions(stack, Category), where);
        assert.equal(Environment, stack, where);
      }
    });

    it("are of the deployment where somebody outside publishes them", async () => {
      const resources = await resourcesOf(stack);
      const ofDeployment = metricsRead(resources).filter(
        ({ namespace }) => namespace === DEPLOYMENT_NAMESPACE,
      );

      assert.deepEqual([...new Set(ofDeployment.map(({ name }) => name))], Object.keys(DEPLOYMENT_METRICS));
      for (const { dimensions, where } of ofDeployment) {
        assert.deepEqual(dimensions, deploymentDimensions(stack), where);
      }
      assert.ok(!granted(resources).includes(DEPLOYMENT_NAMESPACE));
    });

    it("may be published where they are read, and nowhere else", async () => {
      const namespaces = granted(await resourcesOf(stack));

      assert.ok(namespaces.includes(METRIC_NAMESPACE));
      assert.deepEqual(
        namespaces.filter((namespace) => namespace !== METRIC_NAMESPACE && !OF_AWS.test(namespace)),
        [],
      );
    });
  });
}

/** Published of all categories alone, and of them as well. */
const OF_ALL = { alone: ["WasteRate"], too: ["DataFaults"] };
/** Published where there are experiments. */
const OF_EXPERIMENTS = /^(?:Experiment|ChallengerShare)/;

describe("the cost of the platform's metrics", () => {
  for (const [stack, hasExperiments] of [
    ["dev", false],
    ["lean", false],
    ["prod", true],
  ] as const) {
    it(`counts in ${stack} every metric that can be published there`, () => {
      const names = Object.keys(METRICS).filter((name) => hasExperiments || !OF_EXPERIMENTS.test(name));
      const ofCategories = names.filter((name) => !OF_ALL.alone.includes(name));
      const most = ofCategories.length * CATEGORIES.length + OF_ALL.alone.length + OF_ALL.too.length;

      const usage = readUsageFile(join(__dirname, "..", "..", "policies", "config", `usage.${stack}.json`));

      assert.equal(usage.customMetrics?.maximum, most);
    });
  }
});
