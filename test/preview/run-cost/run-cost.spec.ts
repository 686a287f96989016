import assert from "node:assert/strict";
import type { Machine, State } from "../../../asl/states";
import { integrationOf } from "../../../asl/integration";
import { walkStates } from "../../../asl/walk-states";
import { TOKYO } from "../../../policies/cost/pricing/tokyo";
import { costOfRun } from "../../../preview/run-cost/run-cost";
import { machinesOf } from "../../pipelines/machines-of";
import { PLACE } from "../../pipelines/place-fixture";

const PRICE = { usd: 0.3, unit: "hour", source: "price-list", asOf: "2026-09-23" } as const;
const PRICES = {
  region: "ap-northeast-1",
  asOf: "2026-09-23",
  prices: { "sagemaker-instance/ml.m5.xlarge": PRICE },
};

const job = (resource: string, args: object): State =>
  ({
    Type: "Task",
    Resource: `arn:aws:states:::sagemaker:${resource}.sync`,
    Arguments: args,
    End: true,
  }) as State;

const machine = (state: State): Machine => ({
  Comment: "",
  QueryLanguage: "JSONata",
  TimeoutSeconds: 1,
  StartAt: "A",
  States: { A: state },
});

const order = job("createProcessingJob", {
  AppSpecification: { ContainerArguments: ["order", "--threads", "4"] },
  ProcessingResources: { ClusterConfig: { InstanceType: "ml.m5.xlarge", InstanceCount: 1 } },
});

describe("costOfRun", () => {
  it("is the start of a job, its work shared by its processors, and the price of the minutes", () => {
    const work = { order: { processorSeconds: 14, basis: "measured", source: "" } } as const;

    const [stage] = costOfRun(machine(order), PRICES, work);

    // 14 CPU seconds on four processors, after four minutes, at 0.30 USD an hour.
    assert.equal(stage?.minutes.toFixed(4), (4 + 14 / 60 / 4).toFixed(4));
    assert.equal(stage?.usd.toFixed(6), (((4 + 14 / 60 / 4) * 0.3) / 60).toFixed(6));
    assert.equal(stage?.basis, "measured");
  });

  it("shares the work of a Map between as many jobs as run at a time; each has its own start", () => {
    const map = {
      Type: "Map",
      Items: [],
      MaxConcurrency: 3,
      ItemProcessor: { StartAt: "B", States: { B: order } },
      End: true,
    } as State;

    const work = { order: { processorSeconds: 14, basis: "measured", source: "" } } as const;

    const [stage] = costOfRun(machine(map), PRICES, work);

    assert.equal(stage?.jobs, 3);
    assert.equal(stage?.minutes.toFixed(4), (4 + 14 / 60 / 12).toFixed(4));
    assert.equal(stage?.usd.toFixed(6), ((3 * (4 + 14 / 60 / 12) * 0.3) / 60).toFixed(6));
  });

  it("takes the saving of spot capacity off a training", () => {
    const training = (spot: boolean) =>
      job("createTrainingJob", {
        ResourceConfig: { InstanceType: "ml.m5.xlarge", InstanceCount: 1 },
        EnableManagedSpotTraining: spot,
      });
    const usd = (spot: boolean) => costOfRun(machine(training(spot)), PRICES)[0]!.usd;

    assert.equal((usd(true) / usd(false)).toFixed(4), "0.4000");
  });

  it("knows the work and the price of every job of every machine", () => {
    for (const [kind, built] of Object.entries(machinesOf(PLACE))) {
      const jobs = [...walkStates(built)].filter(
        ({ state }) => state.Type === "Task" && integrationOf(state.Resource)?.waits,
      );
      const stages = costOfRun(built, TOKYO);

      assert.equal(stages.length, jobs.length - (kind === "weekly" ? 1 : 0), kind);
      assert.ok(stages.every(({ usd, minutes }) => usd > 0 && minutes < 60));
    }
  });

  it("says what is missing for a job that nobody has measured or priced", () => {
    const strange = job("createProcessingJob", {
      AppSpecification: { ContainerArguments: ["dream"] },
      ProcessingResources: { ClusterConfig: { InstanceType: "ml.m5.xlarge" } },
    });

    assert.throws(() => costOfRun(machine(strange), PRICES), /state A: no work is known for dream/);
    assert.throws(
      () => costOfRun(machine(order), { ...PRICES, prices: {} }),
      /state A: no price is known for ml\.m5\.xlarge/,
    );
  });
});
