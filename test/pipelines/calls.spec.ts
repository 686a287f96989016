import assert from "node:assert/strict";
import { integrationOf } from "../../asl/integration";
import type { Json } from "../../asl/states";
import { CATEGORIES } from "../../contracts/categories";
import { JOB_NAME_MAX, JOB_NAME_PATTERN, MACHINE_KINDS, TUNING_JOB_NAME_MAX } from "../../contracts/machines";
import { VARIANTS } from "../../contracts/variants";
import { checkCall } from "../../preview/constraints/check-call";
import { callsOf } from "./filled-calls";
import { machinesOf } from "./machines-of";
import { PLACE } from "./place-fixture";

const DEEPAR_PLACE = { ...PLACE, algorithms: { drinks: "deepar" } } as const;

describe("the calls of the machines", () => {
  for (const kind of MACHINE_KINDS) {
    it(`are what AWS's own model of each operation takes: ${kind}`, async () => {
      const calls = await callsOf(machinesOf(PLACE)[kind]);

      const rejected = calls.flatMap(({ name, task, args }) => {
        const { service, operation } = integrationOf(task.Resource)!;
        const model = service === "states" ? "stepfunctions" : service;
        return checkCall(`${model}.${operation}`, throughText(operation, args)).map(
          (line) => `${name}: ${line}`,
        );
      });
      assert.ok(calls.length >= 15);
      assert.deepEqual(rejected, []);
    });
  }

  it("are so with DeepAR, on spot capacity for as long as an algorithm without checkpoints may wait", async () => {
    const calls = await callsOf(machinesOf(DEEPAR_PLACE).weekly);
    const before = new Set((await callsOf(machinesOf(PLACE).weekly)).map(({ name }) => name));
    const more = calls.filter(({ name }) => !before.has(name));

    assert.deepEqual(more.map(({ name }) => name).sort(), [
      ...["CreateSeriesModel", "DeleteSeriesModel", "ForecastHoldOut", "JudgeSeries", "RegisterSeries"],
      ...["TellNotServed", "TrainSeries", "WriteSeries"],
    ]);
    const rejected = more.flatMap(({ task, args }) => {
      const { service, operation } = integrationOf(task.Resource)!;
      return checkCall(`${service}.${operation}`, args);
    });
    assert.deepEqual(rejected, []);
    const { StoppingCondition: stop, ...train } = more.find(({ name }) => name === "TrainSeries")!.args;
    assert.deepEqual(stop, { MaxRuntimeInSeconds: 3600, MaxWaitTimeInSeconds: 3600 });
    assert.equal(train.EnableManagedSpotTraining, true);
    assert.match(JSON.stringify(train.AlgorithmSpecification), /forecasting-deepar:1"/);
  });

  it("are not other ones for the other categories", () => {
    const states = JSON.stringify(machinesOf(DEEPAR_PLACE).weekly);

    assert.ok(states.includes(JSON.stringify(machinesOf(PLACE).weekly.States.EndRun)));
    assert.equal(
      JSON.stringify(machinesOf({ ...PLACE, algorithms: { food: "xgboost" } }).weekly),
      JSON.stringify(machinesOf(PLACE).weekly),
    );
  });

  it("find a wrong enum, length, pattern, number, a missing member and one too many", () => {
    const job = {
      TransformJobName: "a".repeat(64),
      TransformInput: {
        DataSource: { S3DataSource: { S3DataType: "Prefix", S3Uri: "s3://b/k" } },
        Split: "Line",
      },
      TransformOutput: { S3OutputPath: "b/k" },
      TransformResources: { InstanceType: "ml.t3.medium", InstanceCount: 0 },
      MaxPayloadInMB: "6",
    };

    assert.deepEqual(
      checkCall("sagemaker.CreateTransformJob", job).map((line) => line.split(";")[0]!.slice(0, 70)),
      [
        "lacks ModelName, which AWS requires",
        'TransformJobName "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
        'TransformInput.DataSource.S3DataSource.S3DataType is "Prefix"',
        'TransformOutput.S3OutputPath is "b/k"',
        'TransformResources.InstanceType is "ml.t3.medium"',
        "TransformResources.InstanceCount is 0",
        "MaxPayloadInMB is no number",
        "TransformInput.Split is no member of sagemaker.CreateTransformJob",
      ],
    );
  });

  it("name jobs that AWS takes and that say what they are, whatever the category and variant", async () => {
    const names = new Set<string>();
    for (const category of CATEGORIES) {
      for (const variant of VARIANTS) {
        const changes = { category, model: { variant, category, version: "20261124-0a1b2c3d" } };
        for (const kind of MACHINE_KINDS) {
          for (const { args } of await callsOf(machinesOf(PLACE)[kind], changes)) {
            for (const [key, value] of Object.entries(args)) {
              if (/^(Processing|Training|Transform|HyperParameterTuning)JobName$/.test(key))
                names.add(`${key} ${String(value)}`);
            }
          }
        }
      }
    }

    const wrong = [...names].filter((entry) => {
      const [key, name = ""] = entry.split(" ");
      return key === "HyperParameterTuningJobName"
        ? name.length > TUNING_JOB_NAME_MAX || !/^smartretail-prod-t[0-3]-\d{6}-[0-9a-f]{5}$/.test(name)
        : name.length > JOB_NAME_MAX || !JOB_NAME_PATTERN.test(name);
    });
    assert.ok(names.size > 30);
    assert.deepEqual(wrong, []);
  });
});

/** EventBridge's detail and an execution's input are objects to Step Functions and text to the API. */
function throughText(operation: string, args: Json): Json {
  if (operation === "StartExecution") {
    // Step Functions writes members with a capital, this service's model without.
    const members = Object.entries(args as Record<string, Json>).map(([name, value]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      name === "Input" ? JSON.stringify(value) : value,
    ]);
    return Object.fromEntries(members) as Json;
  }
  if (operation !== "PutEvents") return args;
  const { Entries } = args as { Entries: readonly Record<string, Json>[] };
  return { Entries: Entries.map((entry) => ({ ...entry, Detail: JSON.stringify(entry.Detail) })) };
}
