import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { checkSettings, loadSettings, SETTING_KEYS, SettingsError } from "../../stacks/settings";

const VALID: Readonly<Record<string, unknown>> = {
  environment: "prod",
  region: "ap-northeast-1",
  allowedAccountIds: ["123456789012"],
  owner: "ml-platform",
  costCenter: "retail-ml",
  alertEmails: ["ml-platform@example.jp"],
  vpcCidr: "10.40.0.0/16",
  availabilityZoneCount: 2,
  interfaceEndpoints: ["sagemaker.api", "studio"],
  interfaceEndpointZoneCount: 2,
  deployerRoleNames: ["smartretail-deployer"],
  breakGlassRoleNames: [],
  auditorRoleNames: [],
  permissionsBoundaryArn: "",
  kmsDeletionWindowDays: 30,
  logRetentionDays: 365,
  protectData: true,
  emptyBucketsOnDestroy: false,
  rawRetentionDays: 1095,
  resultsRetentionDays: 400,
  captureRetentionDays: 90,
  accessLogRetentionDays: 365,
  studioUserProfiles: ["aoki=data-scientist", "mori=ml-engineer"],
  studioInstanceTypes: ["ml.t3.medium"],
  studioIdleTimeoutMinutes: 60,
  studioHomeRetention: "Retain",
  featureTtlDays: 30,
  processingImageUri: "",
  jobInstanceTypes: ["ml.m5.xlarge"],
  schedulesEnabled: true,
  processingShardCount: 4,
  shardInstanceType: "ml.m5.xlarge",
  pipelineInstanceType: "ml.m5.xlarge",
  jobVolumeGigabytes: 100,
  transformInstanceType: "ml.m5.xlarge",
  transformInstanceCount: 1,
  trainingInstanceType: "ml.m5.xlarge",
  trainingAlgorithms: [],
  deliveryWaitMinutes: 120,
  lateStorePercentMax: 2,
  retrainCoolDownDays: 5,
  modelApproval: "manual",
  tuningJobCount: 8,
  hostingMode: "realtime",
  hostingInstanceType: "ml.m5.large",
  championWeight: 90,
  challengerWeight: 10,
  variantMinInstances: 1,
  variantMaxInstances: 4,
  invocationsPerInstancePerMinute: 1200,
  concurrentRequestsPerInstance: 0,
  captureSamplingPercent: 20,
  latencyP99Milliseconds: 400,
  serverlessMemoryMb: 2048,
  serverlessMaxConcurrency: 5,
  serverlessProvisionedConcurrency: 0,
  serverlessProvisionedConcurrencyMax: 0,
  apiAccess: "regional",
  apiRequestsPerSecond: 200,
  apiRequestsPerDay: 1000000,
  apiLatencyP99Milliseconds: 500,
  functionsInNetwork: true,
  functionConcurrency: 100,
  forecastWarmInstances: 0,
  monthlyBudgetUsd: 1200,
  budgetAlertPercents: [50, 80, 100],
};

/** One wrong value per setting and limit, with the whole line that a person reads. */
const REJECTIONS: readonly (readonly [string, unknown, string])[] = [
  ["environment", "staging", 'smartretail:environment is "staging"; allowed: dev or prod'],
  ["region", "tokyo", 'aws:region is "tokyo"; allowed: an AWS region such as ap-northeast-1'],
  ["allowedAccountIds", ["1234"], 'aws:allowedAccountIds.0 is "1234"; allowed: an AWS account of 12 digits'],
  [
    "allowedAccountIds",
    ["000000000000"],
    'aws:allowedAccountIds.0 is "000000000000"; allowed: an AWS account of 12 digits',
  ],
  [
    "permissionsBoundaryArn",
    "arn:aws:iam::210987654321:policy/boundary",
    "smartretail:permissionsBoundaryArn is a policy of account 210987654321; allowed: a policy of 123456789012 (aws:allowedAccountIds)",
  ],
  ["auditorRoleNames", ["audit", "audit"], 'smartretail:auditorRoleNames names "audit" twice; allowed: once'],
  [
    "breakGlassRoleNames",
    ["rescue", "rescue"],
    'smartretail:breakGlassRoleNames names "rescue" twice; allowed: once',
  ],
  ["schedulesEnabled", "yes", 'smartretail:schedulesEnabled is "yes"; allowed: true or false'],
  ["processingShardCount", 41, "smartretail:processingShardCount is 41; allowed: an integer from 1 to 40"],
  [
    "shardInstanceType",
    "ml.m5.2xlarge",
    'smartretail:shardInstanceType is "ml.m5.2xlarge"; allowed: one of smartretail:jobInstanceTypes (ml.m5.xlarge)',
  ],
  [
    "pipelineInstanceType",
    "ml.m5.huge",
    'smartretail:pipelineInstanceType is "ml.m5.huge"; allowed: a CPU instance type of SageMaker training and processing such as ml.m5.xlarge',
  ],
  [
    "transformInstanceType",
    "ml.m5.4xlarge",
    'smartretail:transformInstanceType is "ml.m5.4xlarge"; allowed: one of smartretail:jobInstanceTypes (ml.m5.xlarge)',
  ],
  [
    "trainingInstanceType",
    "ml.m5.large",
    'smartretail:trainingInstanceType is "ml.m5.large"; allowed: one of smartretail:jobInstanceTypes (ml.m5.xlarge)',
  ],
  ["jobVolumeGigabytes", 10, "smartretail:jobVolumeGigabytes is 10; allowed: an integer from 20 to 1000"],
  ["transformInstanceCount", 0, "smartretail:transformInstanceCount is 0; allowed: an integer from 1 to 20"],
  ["deliveryWaitMinutes", 301, "smartretail:deliveryWaitMinutes is 301; allowed: an integer from 0 to 300"],
  ["lateStorePercentMax", 51, "smartretail:lateStorePercentMax is 51; allowed: an integer from 0 to 50"],
  ["retrainCoolDownDays", 0, "smartretail:retrainCoolDownDays is 0; allowed: an integer from 1 to 60"],
  [
    "trainingAlgorithms",
    ["drinks=prophet"],
    'smartretail:trainingAlgorithms.0 is "drinks=prophet"; allowed: category=algorithm with a category of drinks, food, daily, confectionery and an algorithm of xgboost, deepar',
  ],
  [
    "trainingAlgorithms",
    ["drinks=deepar", "drinks=xgboost"],
    'smartretail:trainingAlgorithms is ["drinks=deepar","drinks=xgboost"]; allowed: each category at most once',
  ],
  ["modelApproval", "maybe", 'smartretail:modelApproval is "maybe"; allowed: automatic or manual'],
  ["tuningJobCount", 101, "smartretail:tuningJobCount is 101; allowed: an integer from 1 to 100"],
  ["allowedAccountIds", [], "aws:allowedAccountIds is []; allowed: at least one AWS account"],
  [
    "auditorRoleNames",
    ["a b"],
    'smartretail:auditorRoleNames.0 is "a b"; allowed: an IAM role name, with its path if it has one',
  ],
  [
    "breakGlassRoleNames",
    ["*"],
    'smartretail:breakGlassRoleNames.0 is "*"; allowed: an IAM role name, with its path if it has one',
  ],
  [
    "owner",
    "ML",
    'smartretail:owner is "ML"; allowed: 3 to 32 lower-case letters, digits and hyphens, a letter first',
  ],
  [
    "costCenter",
    "-x-",
    'smartretail:costCenter is "-x-"; allowed: 3 to 32 lower-case letters, digits and hyphens, a letter first',
  ],
  [
    "alertEmails",
    ["nobody"],
    'smartretail:alertEmails.0 is "nobody"; allowed: an e-mail address such as ml-platform@example.jp',
  ],
  ["alertEmails", [], "smartretail:alertEmails is []; allowed: at least one e-mail address"],
  ...["a\u0000b@example.jp", "<script>alert(1)</script>@example.jp", "a@b@example.jp", "a@example..jp"].map(
    (address) =>
      [
        "alertEmails",
        [address],
        `smartretail:alertEmails.0 is ${JSON.stringify(address)}; allowed: an e-mail address such as ml-platform@example.jp`,
      ] as const,
  ),
  [
    "alertEmails",
    [`${"a".repeat(500)}@example.jp`],
    `smartretail:alertEmails.0 is "${"a".repeat(99)}… (513 characters); allowed: an e-mail address such as ml-platform@example.jp`,
  ],
  [
    "alertEmails",
    ["a@example.jp", "a@example.jp"],
    'smartretail:alertEmails names "a@example.jp" twice; allowed: once',
  ],
  [
    "alertEmails",
    Array.from({ length: 11 }, (_, i) => `a${i}@example.jp`),
    `smartretail:alertEmails is ["a0@example.jp","a1@example.jp","a2@example.jp","a3@example.jp","a4@example.jp","a5@example.jp","a6… (178 characters); allowed: at most 10 e-mail addresses`,
  ],
  [
    "vpcCidr",
    "10.40.0.1/16",
    'smartretail:vpcCidr is "10.40.0.1/16"; allowed: a private IPv4 network such as 10.40.0.0/16, without leading zeros',
  ],
  ...["52.192.0.0/16", "127.0.0.0/16", "0.0.0.0/16", "010.040.0.0/16", "10.40.0.0/016", "172.32.0.0/16"].map(
    (network) =>
      [
        "vpcCidr",
        network,
        `smartretail:vpcCidr is "${network}"; allowed: a private IPv4 network such as 10.40.0.0/16, without leading zeros`,
      ] as const,
  ),
  [
    "vpcCidr",
    "172.17.0.0/20",
    'smartretail:vpcCidr is "172.17.0.0/20"; allowed: a network beside 172.17.0.0/16, which SageMaker uses itself',
  ],
  ["vpcCidr", "10.0.0.0/8", 'smartretail:vpcCidr is "10.0.0.0/8"; allowed: a /16 or a smaller network'],
  [
    "vpcCidr",
    "10.40.0.0/26",
    'smartretail:vpcCidr is "10.40.0.0/26"; allowed for 2 availability zones: a /25 or a larger network (a /26 subnet per zone)',
  ],
  ["availabilityZoneCount", 1, "smartretail:availabilityZoneCount is 1; allowed: an integer from 2 to 3"],
  [
    "interfaceEndpointZoneCount",
    3,
    "smartretail:interfaceEndpointZoneCount is 3; allowed: at most smartretail:availabilityZoneCount (2)",
  ],
  [
    "interfaceEndpoints",
    ["studio", "studio"],
    'smartretail:interfaceEndpoints names "studio" twice; allowed: once',
  ],
  ["deployerRoleNames", [], "smartretail:deployerRoleNames is []; allowed: at least one IAM role name"],
  [
    "deployerRoleNames",
    ["deployer", "deployer"],
    'smartretail:deployerRoleNames names "deployer" twice; allowed: once',
  ],
  [
    "deployerRoleNames",
    Array<string>(500).fill("deployer"),
    `smartretail:deployerRoleNames is [${'"deployer",'.repeat(9)}… (5501 characters); allowed: at most 10 IAM role names`,
  ],
  [
    "permissionsBoundaryArn",
    "boundary",
    'smartretail:permissionsBoundaryArn is "boundary"; allowed: empty or the ARN of an IAM policy of this account',
  ],
  ...["arn:aws:iam::000000000000:policy/boundary", "arn:aws:iam::123456789012:policy/../boundary/"].map(
    (arn) =>
      [
        "permissionsBoundaryArn",
        arn,
        `smartretail:permissionsBoundaryArn is "${arn}"; allowed: empty or the ARN of an IAM policy of this account`,
      ] as const,
  ),
  ["kmsDeletionWindowDays", 6, "smartretail:kmsDeletionWindowDays is 6; allowed: an integer from 7 to 30"],
  [
    "logRetentionDays",
    100,
    "smartretail:logRetentionDays is 100; allowed: one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
  ],
  ["protectData", "yes", 'smartretail:protectData is "yes"; allowed: true or false'],
  [
    "emptyBucketsOnDestroy",
    true,
    "smartretail:emptyBucketsOnDestroy is true; allowed: false while smartretail:protectData is true",
  ],
  ["rawRetentionDays", 29, "smartretail:rawRetentionDays is 29; allowed: an integer from 30 to 3650"],
  [
    "resultsRetentionDays",
    3651,
    "smartretail:resultsRetentionDays is 3651; allowed: an integer from 30 to 3650",
  ],
  ["captureRetentionDays", 6, "smartretail:captureRetentionDays is 6; allowed: an integer from 7 to 365"],
  [
    "accessLogRetentionDays",
    1,
    "smartretail:accessLogRetentionDays is 1; allowed: an integer from 30 to 3650",
  ],
  [
    "studioUserProfiles",
    ["aoki=admin"],
    'smartretail:studioUserProfiles.0 is "aoki=admin"; allowed: name=persona with a persona of data-scientist, ml-engineer',
  ],
  [
    "studioUserProfiles",
    ["aoki=ml-engineer", "aoki=data-scientist"],
    'smartretail:studioUserProfiles names "aoki" twice; allowed: once',
  ],
  [
    "studioInstanceTypes",
    ["ml.p4d.24xlarge"],
    'smartretail:studioInstanceTypes.0 is "ml.p4d.24xlarge"; allowed: a Studio instance type of the ml.t3, ml.m5 or ml.c5 family',
  ],
  [
    "studioIdleTimeoutMinutes",
    30,
    "smartretail:studioIdleTimeoutMinutes is 30; allowed: an integer from 60 to 525600",
  ],
  ["studioHomeRetention", "Keep", 'smartretail:studioHomeRetention is "Keep"; allowed: Retain or Delete'],
  ["featureTtlDays", 7, "smartretail:featureTtlDays is 7; allowed: an integer from 8 to 365"],
  [
    "processingImageUri",
    "processing:latest",
    'smartretail:processingImageUri is "processing:latest"; allowed: empty (the image is built) or an ECR image by digest, <registry>/<repository>@sha256:<64 hex digits>',
  ],
  ...[`a/../b@sha256:${"0".repeat(64)}`, `/a@sha256:${"0".repeat(64)}`].map(
    (image) =>
      [
        "processingImageUri",
        `123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/${image}`,
        `smartretail:processingImageUri is ${`"123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/${image}"`.slice(0, 100)}… (${52 + image.length} characters); allowed: empty (the image is built) or an ECR image by digest, <registry>/<repository>@sha256:<64 hex digits>`,
      ] as const,
  ),
  [
    "processingImageUri",
    `123456789012.dkr.ecr.us-east-1.amazonaws.com/processing@sha256:${"0".repeat(64)}`,
    "smartretail:processingImageUri is in us-east-1; allowed: an image in ap-northeast-1 (aws:region), the only region that jobs pull from",
  ],
  [
    "jobInstanceTypes",
    ["ml.m5.xlarge", "ml.m5.xlarge"],
    'smartretail:jobInstanceTypes names "ml.m5.xlarge" twice; allowed: once',
  ],
  [
    "studioInstanceTypes",
    ["ml.t3.medium", "ml.t3.medium"],
    'smartretail:studioInstanceTypes names "ml.t3.medium" twice; allowed: once',
  ],
  ["budgetAlertPercents", [80, 80], 'smartretail:budgetAlertPercents names "80" twice; allowed: once'],
  [
    "jobInstanceTypes",
    ["ml.p3.2xlarge"],
    'smartretail:jobInstanceTypes.0 is "ml.p3.2xlarge"; allowed: a CPU instance type of SageMaker training and processing such as ml.m5.xlarge',
  ],
  ["hostingMode", "batch", 'smartretail:hostingMode is "batch"; allowed: realtime or serverless'],
  [
    "hostingInstanceType",
    "ml.t3.medium",
    'smartretail:hostingInstanceType is "ml.t3.medium"; allowed: a CPU instance type of SageMaker hosting such as ml.m5.large (hosting has no ml.t3.*)',
  ],
  ["championWeight", 0.9, "smartretail:championWeight is 0.9; allowed: an integer from 1 to 100"],
  ["challengerWeight", 0.1, "smartretail:challengerWeight is 0.1; allowed: an integer from 0 to 50"],
  ["challengerWeight", 51, "smartretail:challengerWeight is 51; allowed: an integer from 0 to 50"],
  ["variantMinInstances", 0, "smartretail:variantMinInstances is 0; allowed: an integer from 1 to 20"],
  ["variantMaxInstances", 51, "smartretail:variantMaxInstances is 51; allowed: an integer from 1 to 50"],
  [
    "invocationsPerInstancePerMinute",
    0,
    "smartretail:invocationsPerInstancePerMinute is 0; allowed: an integer from 1 to 100000",
  ],
  [
    "concurrentRequestsPerInstance",
    1001,
    "smartretail:concurrentRequestsPerInstance is 1001; allowed: an integer from 0 to 1000",
  ],
  [
    "captureSamplingPercent",
    101,
    "smartretail:captureSamplingPercent is 101; allowed: an integer from 0 to 100",
  ],
  [
    "latencyP99Milliseconds",
    9,
    "smartretail:latencyP99Milliseconds is 9; allowed: an integer from 10 to 60000",
  ],
  [
    "serverlessMemoryMb",
    1500,
    "smartretail:serverlessMemoryMb is 1500; allowed: one of 1024, 2048, 3072, 4096, 5120, 6144",
  ],
  [
    "serverlessMaxConcurrency",
    201,
    "smartretail:serverlessMaxConcurrency is 201; allowed: an integer from 1 to 200",
  ],
  [
    "serverlessProvisionedConcurrency",
    201,
    "smartretail:serverlessProvisionedConcurrency is 201; allowed: an integer from 0 to 200",
  ],
  [
    "serverlessProvisionedConcurrencyMax",
    -1,
    "smartretail:serverlessProvisionedConcurrencyMax is -1; allowed: an integer from 0 to 200",
  ],
  ["apiAccess", "edge", 'smartretail:apiAccess is "edge"; allowed: private or regional'],
  [
    "apiAccess",
    "private",
    'smartretail:apiAccess is "private"; allowed with execute-api among smartretail:interfaceEndpoints: nobody could call the API',
  ],
  ["apiRequestsPerSecond", 0, "smartretail:apiRequestsPerSecond is 0; allowed: an integer from 1 to 5000"],
  ["apiRequestsPerDay", 0.5, "smartretail:apiRequestsPerDay is 0.5; allowed: an integer from 1 to 100000000"],
  [
    "apiLatencyP99Milliseconds",
    30000,
    "smartretail:apiLatencyP99Milliseconds is 30000; allowed: an integer from 50 to 29000",
  ],
  ["functionsInNetwork", "perhaps", 'smartretail:functionsInNetwork is "perhaps"; allowed: true or false'],
  [
    "functionConcurrency",
    1001,
    "smartretail:functionConcurrency is 1001; allowed: an integer from 1 to 1000",
  ],
  [
    "forecastWarmInstances",
    100.5,
    "smartretail:forecastWarmInstances is 100.5; allowed: an integer from 0 to 100",
  ],
  ["monthlyBudgetUsd", 0, "smartretail:monthlyBudgetUsd is 0; allowed: an integer from 1 to 1000000"],
  [
    "budgetAlertPercents",
    [10, 20, 30, 40, 50],
    "smartretail:budgetAlertPercents is [10,20,30,40,50]; allowed: 1 to 4 percentages",
  ],
];

function linesOf(raw: Readonly<Record<string, unknown>>, stack?: string): string[] {
  try {
    checkSettings(raw, stack);
  } catch (error) {
    assert.ok(error instanceof SettingsError);
    return error.message.split("\n");
  }
  return [];
}

describe("settings", () => {
  it("takes a complete configuration and splits user profiles", () => {
    const settings = checkSettings(VALID);

    assert.deepEqual(settings.studioUserProfiles, [
      { name: "aoki", persona: "data-scientist" },
      { name: "mori", persona: "ml-engineer" },
    ]);
    assert.ok(Object.isFrozen(settings));
  });

  for (const [key, value, line] of REJECTIONS) {
    it(`rejects ${key} = ${JSON.stringify(value).slice(0, 80)} in one line`, () => {
      assert.deepEqual(linesOf({ ...VALID, [key]: value }), [line]);
    });
  }

  it("names every interface endpoint that it knows when it rejects one", () => {
    const [line = ""] = linesOf({ ...VALID, interfaceEndpoints: ["s3"] });

    assert.match(
      line,
      /^smartretail:interfaceEndpoints\.0 is "s3"; allowed: one of sagemaker\.api, .*, dynamodb$/,
    );
  });

  it("rejects a challenger that gets more traffic than the champion", () => {
    const [line] = linesOf({ ...VALID, championWeight: 20, challengerWeight: 30 });

    assert.equal(
      line,
      "smartretail:challengerWeight is 30; allowed: at most smartretail:championWeight (20)",
    );
  });

  it("rejects a maximum of instances below the minimum", () => {
    const [line] = linesOf({ ...VALID, variantMinInstances: 3, variantMaxInstances: 2 });

    assert.equal(
      line,
      "smartretail:variantMaxInstances is 2; allowed: at least smartretail:variantMinInstances (3)",
    );
  });

  it("rejects a model's time that leaves nothing of the answer's", () => {
    assert.deepEqual(linesOf({ ...VALID, latencyP99Milliseconds: 500 }), [
      "smartretail:latencyP99Milliseconds is 500; allowed: less than smartretail:apiLatencyP99Milliseconds (500), which the model's time is a part of",
    ]);
  });

  const SERVERLESS = { ...VALID, hostingMode: "serverless" };
  const warm = (kept: number, most: number) => ({
    serverlessProvisionedConcurrency: kept,
    serverlessProvisionedConcurrencyMax: most,
  });

  it("takes warm containers, with scaling and without", () => {
    for (const settings of [warm(2, 0), warm(2, 2), warm(2, 5)]) {
      assert.deepEqual(linesOf({ ...SERVERLESS, ...settings }), []);
    }
  });

  it("rejects warm containers that cannot be, or would not be used", () => {
    const cases: [Record<string, unknown>, string][] = [
      [
        { ...VALID, ...warm(1, 0) },
        'serverlessProvisionedConcurrency is 1; allowed: 0 while smartretail:hostingMode is "realtime", whose instances are always warm',
      ],
      [
        { ...SERVERLESS, ...warm(6, 0) },
        "serverlessProvisionedConcurrency is 6; allowed: at most smartretail:serverlessMaxConcurrency (5)",
      ],
      [
        { ...SERVERLESS, ...warm(1, 6) },
        "serverlessProvisionedConcurrencyMax is 6; allowed: at most smartretail:serverlessMaxConcurrency (5)",
      ],
      [
        { ...SERVERLESS, ...warm(0, 2) },
        "serverlessProvisionedConcurrencyMax is 2; allowed: 0 while smartretail:serverlessProvisionedConcurrency is 0: there is nothing to scale up from",
      ],
      [
        { ...SERVERLESS, ...warm(3, 2) },
        "serverlessProvisionedConcurrencyMax is 2; allowed: 0, or at least smartretail:serverlessProvisionedConcurrency (3)",
      ],
    ];
    for (const [settings, line] of cases) assert.deepEqual(linesOf(settings), [`smartretail:${line}`]);
  });

  it("rejects scaling of instances where there are none", () => {
    assert.deepEqual(linesOf({ ...SERVERLESS, concurrentRequestsPerInstance: 4 }), [
      'smartretail:concurrentRequestsPerInstance is 4; allowed: 0 while smartretail:hostingMode is "serverless", which has no instances',
    ]);
  });

  it("takes a private image of the region, a boundary of an account, and every private network", () => {
    for (const vpcCidr of [
      "10.0.0.0/16",
      "172.16.0.0/16",
      "172.31.0.0/16",
      "192.168.0.0/16",
      "100.64.0.0/16",
    ])
      assert.deepEqual(linesOf({ ...VALID, vpcCidr }), []);
    const processingImageUri = `123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/shop/jobs_v2.x@sha256:${"a".repeat(64)}`;
    const permissionsBoundaryArn = "arn:aws:iam::123456789012:policy/teams/ml/boundary";
    assert.deepEqual(linesOf({ ...VALID, processingImageUri, permissionsBoundaryArn }), []);
  });

  for (const [stack, line] of [
    ["prod", []],
    ["dev", ['smartretail:environment is "prod" in the stack dev; allowed: dev']],
    ["anna", []],
  ] as const) {
    it(`takes the environment prod in the stack ${stack} ${line.length === 0 ? "as it is" : "for a mistake"}`, () => {
      assert.deepEqual(linesOf(VALID, stack), line);
    });
  }

  it("counts the lines that nobody would read", () => {
    const lines = linesOf({ ...VALID, studioUserProfiles: Array<string>(90).fill("?") });

    assert.equal(lines.length, 31);
    assert.equal(lines.at(-1), "and 60 more");
  });

  for (const key of SETTING_KEYS) {
    it(`rejects a configuration without ${key}`, () => {
      const lines = linesOf({ ...VALID, [key]: undefined });

      assert.equal(lines.length, 1);
      assert.match(lines[0] ?? "", new RegExp(`^smartretail:${key} is not set; allowed: .`));
    });
  }

  it("rejects a key that it does not know", () => {
    assert.deepEqual(linesOf({ ...VALID, challengerWieght: 10 }), [
      "smartretail:challengerWieght is not a known setting",
    ]);
  });

  it("reports all wrong keys at once, a line each", () => {
    assert.equal(linesOf({ ...VALID, owner: "?", championWeight: 0.9 }).length, 2);
  });

  it("reads the texts that the CLI hands over", async () => {
    const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
    const config = Object.entries(VALID).map(([key, value]) => [
      `${["region", "allowedAccountIds"].includes(key) ? "aws" : "smartretail"}:${key}`,
      text(value),
    ]);
    await pulumi.runtime.setMocks(
      { newResource: () => ({ id: "", state: {} }), call: () => ({}) },
      "smartretail",
      "prod",
    );
    pulumi.runtime.setAllConfig(Object.fromEntries(config) as Record<string, string>);

    assert.deepEqual(loadSettings(), checkSettings(VALID));
  });
});
