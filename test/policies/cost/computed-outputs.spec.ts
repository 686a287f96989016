import assert from "node:assert/strict";
import { join } from "node:path";
import { parseSettings } from "../../../policies/kit";
import { costPack } from "../../../policies/cost/pack";
import { analyzedResources, type AnalyzedResource } from "../../../preview/policies/analyzed-resource";
import { readSettings } from "../../../preview/policies/evaluate-pack";
import { planOf } from "../../support/plans";
import { InProcess } from "../support/evaluate";

const COST = join(__dirname, "..", "..", "..", "policies", "cost");
const CONFIGURATION = "aws:sagemaker/endpointConfiguration:EndpointConfiguration";

/** After an update the provider also gives what the program left out. */
function withComputed(resources: readonly AnalyzedResource[]): AnalyzedResource[] {
  return resources.map((resource) =>
    resource.type === CONFIGURATION
      ? {
          ...resource,
          outputs: { ...resource.outputs, shadowProductionVariants: [{ variantName: "computed" }] },
        }
      : resource,
  );
}

describe("cost rules over what the cloud adds", () => {
  let rules: InProcess;
  let plan: AnalyzedResource[];

  before(async () => {
    const folder = process.cwd();
    // Files that options name are relative to the pack's folder, where the engine starts a pack.
    process.chdir(COST);
    after(() => process.chdir(folder));
    const settings = parseSettings(
      readSettings(join(COST, "..", "config", "cost.prod.json")),
      costPack.rules,
    );
    rules = new InProcess(costPack.rules, settings);
    plan = analyzedResources((await planOf("prod")).recording.resources);
  });

  it("price no variant that only the outputs have", () => {
    const violations = rules.violations(withComputed(plan));

    assert.ok(plan.some(({ type }) => type === CONFIGURATION));
    assert.deepEqual([...violations], []);
  });

  it("reject the same variant when the program asks for it", () => {
    const asked = plan.map((resource) =>
      resource.type === CONFIGURATION
        ? {
            ...resource,
            inputs: { ...resource.inputs, shadowProductionVariants: [{ variantName: "asked" }] },
          }
        : resource,
    );

    const violations = [...rules.violations(asked)];

    assert.ok(violations.some((violation) => violation.includes("asked: it names no instance type")));
  });
});
