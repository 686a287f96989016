import assert from "node:assert/strict";
import { exactly } from "../../../../policies/cost/pricing/range";
import { readPipeline } from "../../../../policies/cost/pricing/pipeline-jobs";
import { definition, trainingTask } from "./plan-fixture";

const usage = { mapItems: exactly(4) };

describe("readPipeline", () => {
  it("multiplies the jobs of a Map by its items", () => {
    const inner = { StartAt: "Train", States: { Train: trainingTask({}) } };
    const fromInput = definition({
      EachCategory: { Type: "Map", ItemsPath: "$.categories", ItemProcessor: inner, End: true },
    });
    const literal = definition({
      EachCategory: { Type: "Map", Items: ["drinks", "food"], ItemProcessor: inner, End: true },
    });

    assert.deepEqual(readPipeline(fromInput, usage)?.jobs[0]?.runsPerExecution, exactly(4));
    assert.deepEqual(readPipeline(literal, usage)?.jobs[0]?.runsPerExecution, exactly(2));
  });

  it("counts a job behind a choice as optional and a job on every way as certain", () => {
    const text = definition({
      Train: trainingTask({ next: "Tune?" }),
      "Tune?": { Type: "Choice", Choices: [{ Next: "Extra" }], Default: "Register" },
      Extra: trainingTask({ next: "Register" }),
      Register: trainingTask({}),
    });

    const runs = readPipeline(text, usage)?.jobs.map(({ state, runsPerExecution }) => [
      state,
      runsPerExecution.minimum,
      runsPerExecution.maximum,
    ]);

    assert.deepEqual(runs, [
      ["Train", 1, 1],
      ["Extra", 0, 1],
      ["Register", 1, 1],
    ]);
  });

  it("does not run for ever on a loop", () => {
    const text = definition({
      Wait: { Type: "Wait", Seconds: 30, Next: "Ready?" },
      "Ready?": { Type: "Choice", Choices: [{ Next: "Wait" }], Default: "Train" },
      Train: trainingTask({}),
    });

    assert.deepEqual(readPipeline(text, usage)?.jobs[0]?.runsPerExecution, exactly(1));
  });

  it("reads processing, transform and tuning jobs", () => {
    const text = definition({
      Prepare: {
        Type: "Task",
        Resource: "arn:aws:states:::sagemaker:createProcessingJob.sync",
        Parameters: {
          ProcessingResources: {
            ClusterConfig: { InstanceType: "ml.m5.xlarge", InstanceCount: 2, VolumeSizeInGB: 50 },
          },
          StoppingCondition: { MaxRuntimeInSeconds: 1800 },
        },
        Next: "Score",
      },
      Score: {
        Type: "Task",
        Resource: "arn:aws:states:::sagemaker:createTransformJob.sync",
        TimeoutSeconds: 5400,
        Parameters: { TransformResources: { InstanceType: "ml.m5.xlarge", InstanceCount: 4 } },
        Next: "Tune",
      },
      Tune: {
        Type: "Task",
        Resource: "arn:aws:states:::sagemaker:createHyperParameterTuningJob.sync",
        Arguments: {
          HyperParameterTuningJobConfig: { ResourceLimits: { MaxNumberOfTrainingJobs: 20 } },
          TrainingJobDefinition: {
            EnableManagedSpotTraining: true,
            ResourceConfig: { InstanceType: "ml.m5.large", InstanceCount: 1 },
            StoppingCondition: { MaxRuntimeInSeconds: 600 },
          },
        },
        End: true,
      },
    });

    const jobs = readPipeline(text, usage)?.jobs.map((job) => ({
      ...job,
      runsPerExecution: job.runsPerExecution.maximum,
    }));

    assert.deepEqual(jobs, [
      {
        state: "Prepare",
        kind: "processing",
        instanceType: "ml.m5.xlarge",
        instanceCount: 2,
        volumeGigabytes: 50,
        maximumHours: 0.5,
        managedSpot: false,
        runsPerExecution: 1,
      },
      {
        state: "Score",
        kind: "transform",
        instanceType: "ml.m5.xlarge",
        instanceCount: 4,
        volumeGigabytes: 0,
        maximumHours: 1.5,
        managedSpot: false,
        runsPerExecution: 1,
      },
      {
        state: "Tune",
        kind: "tuning",
        instanceType: "ml.m5.large",
        instanceCount: 1,
        volumeGigabytes: 0,
        maximumHours: 600 / 3600,
        managedSpot: true,
        runsPerExecution: 20,
      },
    ]);
  });

  it("takes a job without a limit at the service's one day", () => {
    const task = trainingTask({});
    delete (task.Parameters as Record<string, unknown>).StoppingCondition;

    assert.equal(readPipeline(definition({ Train: task }), usage)?.jobs[0]?.maximumHours, 24);
  });

  it("rejects text that is not a state machine", () => {
    assert.equal(readPipeline("not json", usage), undefined);
    assert.equal(readPipeline("{}", usage), undefined);
  });
});
