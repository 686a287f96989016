import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { exercise72 } from "../../forecasting/replay/exercise-7-2";
import { hostingCurvePicture } from "../../scripts/drift/hosting-curve-picture";
import { hostingPrices, main } from "../../scripts/drift";
import { assertUsd, monthly } from "../policies/cost/pricing/monthly";
import { CONFIGURATION, ENDPOINT, planned, urnOf } from "../policies/cost/pricing/plan-fixture";

const ROOT = join(__dirname, "..", "..");
const setting = (file: string, name: string, under = "") =>
  new RegExp(`smartretail:${name}:${under}\\s*(\\S+)`).exec(readFileSync(join(ROOT, file), "utf8"))?.[1];

describe("npm run drift", () => {
  it("says which replays there are when none or another one is asked for", async () => {
    await assert.rejects(main([]), /--replay is missing: exercise-7-1/);
    await assert.rejects(main(["--replay", "exercise-9"]), /--replay is "exercise-9"; allowed: exercise-7-1/);
  });
});

describe("advice on hosting", () => {
  const exercise = exercise72(hostingPrices(), 500);
  const usdOf = (kind: string) => exercise.options.find((option) => option.kind === kind)!.monthlyUsd;
  const memorySizeInMb = Number(setting("Pulumi.yaml", "serverlessMemoryMb", "[^]*?default:"));
  const costOf = (variant: object) => {
    const { requestsPerMonth, secondsPerRequest } = exercise.load;
    const of = (value: number) => ({ minimum: value, maximum: value });
    const resources = [
      planned(ENDPOINT, "e", { name: "e" }, { endpointConfigName: [urnOf(CONFIGURATION, "c")] }),
      planned(CONFIGURATION, "c", { productionVariants: [{ variantName: "only", ...variant }] }),
    ];
    return monthly(resources, {
      serverlessRequestsPerMonth: of(requestsPerMonth),
      serverlessSecondsPerRequest: of(secondsPerRequest),
    }).maximumUsd;
  };

  it("counts what the cost of a plan counts, for the memory and the instance of the stacks", () => {
    const serverless = { memorySizeInMb, maxConcurrency: 5 };
    const instanceType = setting("Pulumi.prod.yaml", "hostingInstanceType");

    assert.equal(exercise.load.memoryGb * 1024, memorySizeInMb);
    assertUsd(usdOf("serverless"), costOf({ serverlessConfig: serverless }));
    assertUsd(
      usdOf("provisioned"),
      costOf({ serverlessConfig: { ...serverless, provisionedConcurrency: 1 } }),
    );
    assertUsd(usdOf("instances"), costOf({ instanceType, initialInstanceCount: 1 }));
  });

  it("draws each way over traffic, dotted where it is too slow, and the advice as a point", () => {
    const picture = hostingCurvePicture(exercise);

    const lines = exercise.curve.length - 1;
    assert.equal(picture.match(/<polyline/g)?.length, 3 * lines);
    const dotted = exercise.curve.filter(({ options }) =>
      options.some(({ kind, meetsObjective }) => kind === "serverless" && !meetsObjective),
    ).length;
    assert.equal(picture.match(/stroke-dasharray/g)?.length, dotted);
    assert.equal(picture.match(/<circle/g)?.length, 1);
    assert.ok(!/NaN|undefined|Infinity/.test(picture));
  });
});
