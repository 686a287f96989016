import assert from "node:assert/strict";
import type { PlannedResource } from "../../../../policies/cost/pricing/planned-resource";
import { assertUsd, monthly, none } from "./monthly";
import {
  CONFIGURATION,
  definition,
  ENDPOINT,
  MACHINE,
  planned,
  SCHEDULE,
  splitEndpoint,
  TARGET,
  trainingTask,
  urnOf,
} from "./plan-fixture";

describe("estimateMonthlyCost", () => {
  it("prices two variants between the bounds of their scaling targets", () => {
    const estimate = monthly(splitEndpoint(1, 4));

    // ml.m5.large in Tokyo is 0.149 an hour; x 730 h = 108.77 a month and instance.
    assertUsd(estimate.minimumUsd, 2 * 108.77);
    assertUsd(estimate.maximumUsd, 8 * 108.77);
    assert.deepEqual(estimate.unpriced, []);
    // Two variants of one instance, a twentieth of the hours with three more each.
    assertUsd(estimate.expectedUsd, 2 * (1 + 0.05 * 3) * 108.77);
    assert.equal(estimate.estimatedPriceShare, 0);
  });

  it("prices a variant without a scaling target at its initial count", () => {
    const [endpoint, configuration] = splitEndpoint(3, 9);

    const estimate = monthly([endpoint, configuration] as PlannedResource[]);

    assertUsd(estimate.minimumUsd, 6 * 108.77);
    assertUsd(estimate.maximumUsd, 6 * 108.77);
  });

  it("finds the scaling target of a variant while the endpoint's name is unknown", () => {
    const resources = [
      planned(ENDPOINT, "forecast", {}, { endpointConfigName: [urnOf(CONFIGURATION, "forecast")] }),
      planned(CONFIGURATION, "forecast", {
        productionVariants: [
          { variantName: "champion", instanceType: "ml.m5.large", initialInstanceCount: 1 },
        ],
      }),
      planned(
        TARGET,
        "forecast-champion-target",
        { resourceId: "04da6b54-80e4-46f7-96ec-b56ff0331ba9", minCapacity: 0, maxCapacity: 5 },
        { resourceId: [urnOf(ENDPOINT, "forecast")] },
      ),
    ];

    const estimate = monthly(resources);

    assertUsd(estimate.minimumUsd, 0);
    assertUsd(estimate.maximumUsd, 5 * 108.77);
  });

  it("prices nothing for a configuration that no endpoint uses", () => {
    const configuration = planned(CONFIGURATION, "spare", {
      productionVariants: [{ variantName: "a", instanceType: "ml.m5.large", initialInstanceCount: 1 }],
    });

    assert.equal(monthly([configuration]).maximumUsd, 0);
  });

  it("bills shadow variants like production variants", () => {
    const variant = { variantName: "a", instanceType: "ml.m5.large", initialInstanceCount: 1 };
    const resources = [
      planned(ENDPOINT, "e", { name: "e" }, { endpointConfigName: [urnOf(CONFIGURATION, "c")] }),
      planned(CONFIGURATION, "c", {
        productionVariants: [variant],
        shadowProductionVariants: [{ ...variant, variantName: "shadow" }],
      }),
    ];

    assertUsd(monthly(resources).maximumUsd, 2 * 108.77);
  });

  it("prices a serverless variant by requests, seconds and memory", () => {
    const resources = [
      planned(ENDPOINT, "e", { name: "e" }, { endpointConfigName: [urnOf(CONFIGURATION, "c")] }),
      planned(CONFIGURATION, "c", {
        productionVariants: [
          { variantName: "only", serverlessConfig: { memorySizeInMb: 2048, maxConcurrency: 5 } },
        ],
      }),
    ];

    const estimate = monthly(resources, {
      serverlessRequestsPerMonth: { minimum: 0, maximum: 1_000_000 },
      serverlessSecondsPerRequest: { minimum: 0.1, maximum: 0.1 },
    });

    // 1,000,000 x 0.1 s x 2 GB x 0.0000258.
    assertUsd(estimate.minimumUsd, 0);
    assertUsd(estimate.maximumUsd, 5.16);
  });

  const warmEndpoint = (...targets: PlannedResource[]) => [
    planned(ENDPOINT, "e", { name: "e" }, { endpointConfigName: [urnOf(CONFIGURATION, "c")] }),
    planned(CONFIGURATION, "c", {
      productionVariants: [
        {
          variantName: "only",
          serverlessConfig: { memorySizeInMb: 2048, maxConcurrency: 5, provisionedConcurrency: 1 },
        },
      ],
    }),
    ...targets,
  ];

  it("prices the containers of a serverless variant that are kept warm", () => {
    const [line] = monthly(warmEndpoint()).lines.filter(({ what }) => what.includes("warm"));

    assert.equal(line?.what, "only: 1 kept warm, 2 GB");
    // 2 GB x 730 h x 3,600 s x 0.00000833.
    assertUsd(line?.minimumUsd ?? 0, 43.78);
    assertUsd(line?.maximumUsd ?? 0, 43.78);
  });

  it("prices what is kept warm between the bounds of its scaling", () => {
    const resourceId = "endpoint/e/variant/only";
    const target = planned(TARGET, "t", { resourceId, minCapacity: 1, maxCapacity: 4 });

    const [line] = monthly(warmEndpoint(target)).lines.filter(({ what }) => what.includes("warm"));

    assert.equal(line?.what, "only: 1-4 kept warm, 2 GB");
    assertUsd(line?.minimumUsd ?? 0, 43.78);
    assertUsd(line?.maximumUsd ?? 0, 175.13);
  });

  it("prices the alarms of a policy by the resolution of its metric", () => {
    const policy = (predefinedMetricType: string) =>
      planned("aws:appautoscaling/policy:Policy", "p", {
        policyType: "TargetTrackingScaling",
        targetTrackingScalingPolicyConfiguration: { predefinedMetricSpecification: { predefinedMetricType } },
      });

    assertUsd(monthly([policy("SageMakerVariantInvocationsPerInstance")]).maximumUsd, 0.2);
    assertUsd(monthly([policy("SageMakerVariantConcurrentRequestsPerModelHighResolution")]).maximumUsd, 0.6);
  });

  it("lists an instance type without a price as unpriced and not as zero", () => {
    const resources = [
      planned(ENDPOINT, "e", { name: "e" }, { endpointConfigName: [urnOf(CONFIGURATION, "c")] }),
      planned(CONFIGURATION, "c", {
        productionVariants: [
          { variantName: "a", instanceType: "ml.p5.48xlarge", initialInstanceCount: 1 },
          { variantName: "b", instanceType: { $unknown: true }, initialInstanceCount: 1 },
        ],
      }),
    ];

    const { unpriced, lines } = monthly(resources);

    assert.deepEqual(lines, []);
    assert.deepEqual(
      unpriced.map(({ what, reason }) => [what, reason]),
      [
        ["a: 1 x ml.p5.48xlarge", "no ap-northeast-1 price for sagemaker-instance/ml.p5.48xlarge"],
        ["b", "instanceType is not known yet"],
      ],
    );
  });

  it("lists a cloud resource of a type that it does not know as unpriced", () => {
    const estimate = monthly([
      planned("aws:redshift/cluster:Cluster", "warehouse"),
      planned("aws:iam/role:Role", "free"),
      planned("smartretail:serving:ModelEndpoint", "component"),
    ]);

    assert.deepEqual(
      estimate.unpriced.map(({ name, reason }) => [name, reason]),
      [["warehouse", "no price rule for aws:redshift/cluster:Cluster"]],
    );
  });

  it("multiplies interface endpoints by their subnets and takes gateway endpoints as free", () => {
    const type = "aws:ec2/vpcEndpoint:VpcEndpoint";
    const estimate = monthly([
      planned(type, "logs", {
        vpcEndpointType: "Interface",
        serviceName: "com.amazonaws.ap-northeast-1.logs",
        subnetIds: [{ $unknown: true }, { $unknown: true }, { $unknown: true }],
      }),
      planned(type, "s3", { vpcEndpointType: "Gateway", serviceName: "com.amazonaws.ap-northeast-1.s3" }),
      planned(type, "kms", { vpcEndpointType: "Interface", subnetIds: { $unknown: true } }),
    ]);

    assertUsd(estimate.minimumUsd, 3 * 730 * 0.014);
    assert.deepEqual(
      estimate.unpriced.map(({ name }) => name),
      ["kms"],
    );
  });

  it("bounds an interface endpoint whose subnets are not known yet by the subnets of the stack", () => {
    const subnet = "aws:ec2/subnet:Subnet";
    const estimate = monthly([
      planned(subnet, "a"),
      planned(subnet, "b"),
      planned("aws:ec2/vpcEndpoint:VpcEndpoint", "kms", {
        vpcEndpointType: "Interface",
        subnetIds: { $unknown: true },
      }),
    ]);

    assertUsd(estimate.minimumUsd, 730 * 0.014);
    assertUsd(estimate.maximumUsd, 2 * 730 * 0.014);
    assert.deepEqual(
      estimate.lines.map(({ pendingInput }) => pendingInput),
      ["subnetIds"],
    );
  });

  it("prices keys with their rotations, alarms by metric and dashboards beyond the free ones", () => {
    const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
    const estimate = monthly(
      [
        planned("aws:kms/key:Key", "data", { enableKeyRotation: true }),
        planned(alarm, "errors", { metricName: "Errors", period: 60 }),
        planned(alarm, "ratio", { metricQueries: [{ metric: {} }, { metric: {} }, { expression: "m1/m2" }] }),
        planned(alarm, "fast", { metricName: "Latency", period: 10 }),
        ...[1, 2, 3, 4].map((i) => planned("aws:cloudwatch/dashboard:Dashboard", `board-${i}`)),
      ],
      { keyRotations: { minimum: 0, maximum: 2 } },
    );

    // key 1, alarms 0.10 + 2 x 0.10 + 0.30, one dashboard beyond three free ones; all four of them at most.
    assertUsd(estimate.minimumUsd, 1 + 0.6 + 3);
    assertUsd(estimate.maximumUsd, 3 + 0.6 + 12);
  });

  it("prices log groups by ingestion and retention, and lists endless retention", () => {
    const type = "aws:cloudwatch/logGroup:LogGroup";
    const estimate = monthly(
      [planned(type, "jobs", { retentionInDays: 365 }), planned(type, "endless", {})],
      { logGigabytesPerMonth: { jobs: { minimum: 1, maximum: 10 }, "*": none } },
    );

    // 0.76 a GB, and 12 months of it at 15 % of its size for 0.033 a GB.
    assertUsd(estimate.minimumUsd, 0.76 + 12 * 0.15 * 0.033);
    assertUsd(estimate.maximumUsd, 10 * (0.76 + 12 * 0.15 * 0.033));
    assert.deepEqual(
      estimate.unpriced.map(({ name }) => name),
      ["endless"],
    );
  });

  it("prices scheduled training as runs x maximum run time x rate x what spot leaves to pay", () => {
    const machine = planned(MACHINE, "training", {
      name: "training",
      definition: definition({ Train: trainingTask({ spot: true, maxRuntimeSeconds: 7200 }) }),
    });
    const schedule = planned(SCHEDULE, "weekly", {
      scheduleExpression: "rate(7 days)",
      target: { arn: "arn:aws:states:ap-northeast-1:123456789012:stateMachine:training" },
    });

    const estimate = monthly([machine, schedule], {
      spotSavingShare: { minimum: 0.5, maximum: 0.7 },
      jobRunShare: { minimum: 0.25, maximum: 1 },
    });

    // 730 / 168 runs x 2 h x ml.m5.2xlarge at 0.124 x 4 x 1.2.
    const full = (730 / 168) * 2 * 0.124 * 4 * 1.2;
    assertUsd(estimate.maximumUsd, full * 0.5);
    assertUsd(estimate.minimumUsd, full * 0.25 * 0.3);
  });

  it("lists a job whose instances come from the execution's input", () => {
    const task = trainingTask({});
    const parameters = task.Parameters as Record<string, Record<string, unknown>>;
    parameters.ResourceConfig = { "InstanceType.$": "$.instanceType", InstanceCount: 1 };
    const machine = planned(MACHINE, "training", { definition: definition({ Train: task }) });

    const { unpriced } = monthly([machine]);

    assert.deepEqual(
      unpriced.map(({ what, reason }) => [what, reason]),
      [["Train: training", "the execution's input chooses its instances"]],
    );
  });

  it("takes a machine whose schedules are all disabled as started by hand", () => {
    const machine = planned(MACHINE, "training", {
      name: "training",
      definition: definition({ Train: trainingTask({ maxRuntimeSeconds: 3600 }) }),
    });
    const schedule = (state: string) =>
      planned(SCHEDULE, "weekly", {
        scheduleExpression: "rate(73 hours)",
        state,
        target: { arn: "arn:aws:states:::stateMachine:training" },
      });
    const usage = { manualRunsPerMonth: { minimum: 3, maximum: 3 } };

    const runs = (state: string) =>
      monthly([machine, schedule(state)], usage).lines.find(({ what }) => what.includes("training"))?.quantity
        .maximum;
    assert.deepEqual([runs("ENABLED"), runs("DISABLED")], [10, 3]);
  });

  it("lets no more runs in than claims do where a machine starts another under a condition", () => {
    const arn = (name: string) => `arn:aws:states:ap-northeast-1:123456789012:stateMachine:${name}`;
    const machine = planned(MACHINE, "training", {
      name: "training",
      definition: definition({ Train: trainingTask({ maxRuntimeSeconds: 3600 }) }),
    });
    const start = {
      Type: "Task",
      Resource: "arn:aws:states:::states:startExecution",
      Arguments: { StateMachineArn: arn("training") },
      Next: "Done",
    };
    const Ask = { Type: "Choice", Choices: [{ Condition: "{% $x %}", Next: "Start" }], Default: "Done" };
    const parent = (States: object, StartAt: string) =>
      planned(MACHINE, "nightly", {
        name: "nightly",
        definition: JSON.stringify({ StartAt, States: { ...States, Done: { Type: "Succeed" } } }),
      });
    const schedule = planned(SCHEDULE, "night", {
      scheduleExpression: "rate(73 hours)",
      target: { arn: arn("nightly") },
    });
    const usage = { conditionalRunsPerMonth: { minimum: 0, expected: 1, maximum: 2 } };

    const runs = (nightly: ReturnType<typeof parent>) =>
      monthly([machine, nightly, schedule], usage).lines.find(({ what }) => what.includes("training"))
        ?.quantity.maximum;
    assert.deepEqual(
      [runs(parent({ Start: start }, "Start")), runs(parent({ Ask, Start: start }, "Ask"))],
      [10, 2],
    );
  });
});
