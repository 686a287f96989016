/** Who must be able to do what, and who must not, in prod: written down beside the program, not derived from it. */
const ACCOUNT = "123456789012";
export const PREFIX = "smartretail-prod";
const arn = (service: string, rest: string) => `arn:aws:${service}:ap-northeast-1:${ACCOUNT}:${rest}`;
const sm = (rest: string) => arn("sagemaker", rest);
export const own = (type: string, name = "x") => sm(`${type}/${PREFIX}-${name}`);
const object = (bucket: string, key = "a.parquet") => `arn:aws:s3:::${PREFIX}-${bucket}-${ACCOUNT}/${key}`;
const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${PREFIX}-${name}`;
const parameter = (path: string) => arn("ssm", `parameter/smartretail/prod/${path}`);
export const SCIENTIST = "studio-aoki";
export const ENGINEER = "studio-mori";
const TO_SAGEMAKER = { "iam:PassedToService": "sagemaker.amazonaws.com" };
export const GRANT = { "kms:GrantIsForAWSResource": "true" };
const OUTSIDE = { "aws:SourceVpce": "vpce-elsewhere" };
export const JOB_NOT_ISOLATED = { "sagemaker:NetworkIsolation": "false" };
const OURS = { "aws:RequestTag/Project": "smartretail", "aws:RequestTag/Environment": "prod" };
const OTHERS = { "aws:ResourceTag/Project": "smartretail", "aws:ResourceTag/Environment": "dev" };
const mine = (profile: string) => ({
  "sagemaker:OwnerUserProfileArn": sm(`user-profile/d-1/${profile}`),
  "sagemaker:SpaceSharingType": "Private",
});

export type Case = readonly [
  role: string,
  action: string,
  resource: string,
  context?: Record<string, string | string[]>,
];

/** What each of them has to do, by the machines, functions and notebooks of the platform. */
export const NEEDED: readonly Case[] = [
  ["processing", "s3:GetObject", object("raw")],
  ["processing", "s3:PutObject", object("processed")],
  ["processing", "s3:PutObject", object("results")],
  ["processing", "s3:GetObject", object("capture")],
  ["processing", "sagemaker:PutRecord", own("feature-group", "sales-v1")],
  [
    "processing",
    "events:PutEvents",
    arn("events", "event-bus/default"),
    { "events:source": ["smartretail"] },
  ],
  ["processing", "cloudwatch:PutMetricData", "*", { "cloudwatch:namespace": "SmartRetail" }],
  ["processing", "logs:PutLogEvents", arn("logs", "log-group:/aws/sagemaker/ProcessingJobs:log-stream:a")],
  ["training", "s3:GetObject", object("features")],
  ["training", "s3:PutObject", object("models", "training/drinks/model.tar.gz")],
  ["training", "ec2:CreateNetworkInterface", arn("ec2", "subnet/subnet-1")],
  ["training", "ec2:CreateNetworkInterfacePermission", arn("ec2", "network-interface/eni-1")],
  ["training", "ecr:BatchGetImage", "arn:aws:ecr:ap-northeast-1:354813040037:repository/sagemaker-xgboost"],
  ["inference", "s3:GetObject", object("models", "mme/champion/drinks.tar.gz")],
  ["inference", "s3:PutObject", object("results")],
  ["inference", "cloudwatch:DescribeAlarms", arn("cloudwatch", "alarm:*")],
  ["feature-store", "s3:PutObject", object("features", "offline/a"), OUTSIDE],
  ["feature-store", "glue:UpdateTable", arn("glue", "table/sagemaker_featurestore/sales")],
  ["state-machines", "iam:PassRole", role("processing"), TO_SAGEMAKER],
  ["state-machines", "sagemaker:StopTrainingJob", own("training-job")],
  ["state-machines", "sagemaker:AddTags", own("processing-job")],
  [
    "state-machines",
    "sagemaker:CreateModelPackage",
    own("model-package", "drinks/1"),
    { "sagemaker:ModelApprovalStatus": "PendingManualApproval" },
  ],
  [
    "state-machines",
    "events:PutRule",
    arn("events", "rule/StepFunctionsGetEventsForSageMakerTrainingJobsRule"),
  ],
  ["state-machines", "states:DescribeExecution", arn("states", `execution:${PREFIX}-nightly:1`)],
  ["state-machines", "lambda:InvokeFunction", arn("lambda", `function:${PREFIX}-release-control`)],
  ["scheduler", "states:StartExecution", arn("states", `stateMachine:${PREFIX}-nightly`)],
  ["router", "sagemaker:InvokeEndpoint", own("endpoint", "forecast")],
  ["router", "sagemaker:BatchGetRecord", own("feature-group", "sales-v1")],
  ["router", "ssm:GetParameters", parameter("models/champion/drinks")],
  ["release-control", "sagemaker:UpdateEndpoint", sm("endpoint-config/forecast-config-1")],
  ["release-control", "sagemaker:UpdateEndpointWeightsAndCapacities", own("endpoint", "forecast")],
  [
    "release-control",
    "application-autoscaling:RegisterScalableTarget",
    arn("application-autoscaling", "scalable-target/1"),
    { "application-autoscaling:service-namespace": "sagemaker" },
  ],
  [
    "release-control",
    "s3:PutObject",
    object("models", "mme/champion/drinks-2.tar.gz"),
    { "s3:if-none-match": "*" },
  ],
  ["release-control", "ssm:PutParameter", parameter("models/champion/drinks")],
  ["release-control", "cloudwatch:DescribeAlarms", arn("cloudwatch", "alarm:*")],
  ["release-control", "sns:Publish", arn("sns", `${PREFIX}-model-events`)],
  ["order-api", "s3:GetObject", object("results", "nights/2026-11-22/serving/orders/00001.json.gz")],
  ["order-api", "s3:PutObject", object("results", "confirmed-orders/2026-11-23/00001.json")],
  ["router", "s3:GetObject", object("results", "nights/2026-11-22/serving/stores/00001.json.gz")],
  ["experiment", "s3:GetObject", object("features")],
  ["experiment", "s3:PutObject", object("models", "experiments/a/model.tar.gz")],
  ["experiment", "s3:PutObject", object("results", "experiments/a.csv")],
  ["experiment", "ecr:BatchGetImage", "arn:aws:ecr:ap-northeast-1:354813040037:repository/sagemaker-xgboost"],
  [SCIENTIST, "sagemaker:CreatePresignedDomainUrl", sm("user-profile/d-1/aoki")],
  [SCIENTIST, "sagemaker:CreateSpace", sm("space/d-1/work"), mine("aoki")],
  [
    SCIENTIST,
    "sagemaker:CreateApp",
    sm("app/d-1/aoki/JupyterLab/default"),
    { ...mine("aoki"), "sagemaker:InstanceTypes": ["ml.t3.medium"] },
  ],
  [SCIENTIST, "iam:PassRole", role("experiment"), TO_SAGEMAKER],
  [SCIENTIST, "s3:GetObject", object("processed")],
  [SCIENTIST, "s3:PutObject", object("models", "experiments/a.bin")],
  [SCIENTIST, "athena:StartQueryExecution", arn("athena", "workgroup/primary")],
  [SCIENTIST, "glue:GetDatabase", arn("glue", "database/sagemaker_featurestore")],
  [SCIENTIST, "sagemaker:GetRecord", own("feature-group", "sales-v1")],
  [
    SCIENTIST,
    "sagemaker:CreateModelPackage",
    own("model-package", "drinks/2"),
    { "sagemaker:ModelApprovalStatus": "PendingManualApproval" },
  ],
  [SCIENTIST, "cloudwatch:GetMetricData", "*"],
  [
    ENGINEER,
    "sagemaker:UpdateModelPackage",
    own("model-package", "drinks/2"),
    { "sagemaker:ModelApprovalStatus": "Approved" },
  ],
  [ENGINEER, "states:StartExecution", arn("states", `stateMachine:${PREFIX}-release`)],
  [ENGINEER, "lambda:InvokeFunction", arn("lambda", `function:${PREFIX}-release-control`)],
  [ENGINEER, "sagemaker:CreatePresignedDomainUrl", sm("user-profile/d-1/mori")],
];

/** What none of them may do. */
export const FORBIDDEN: readonly Case[] = [
  ["training", "s3:GetObject", object("raw")],
  ["training", "s3:GetObject", object("capture")],
  ["training", "s3:PutObject", object("results")],
  ["training", "s3:PutObject", object("models", "mme/champion/drinks.tar.gz")],
  ["training", "sagemaker:PutRecord", own("feature-group", "sales-v1")],
  ["processing", "s3:PutObject", object("models", "mme/champion/drinks.tar.gz")],
  ["processing", "s3:PutObject", object("raw")],
  ["processing", "s3:DeleteObject", object("raw")],
  ["processing", "s3:GetObject", object("raw"), OUTSIDE],
  ["processing", "cloudwatch:PutMetricData", "*", { "cloudwatch:namespace": "AWS/Billing" }],
  [
    "processing",
    "events:PutEvents",
    arn("events", "event-bus/default"),
    { "events:source": ["smartretail", "aws.s3"] },
  ],
  ["processing", "events:PutEvents", arn("events", "event-bus/default")],
  ["inference", "s3:GetObject", object("raw")],
  ["inference", "s3:GetObject", object("models"), OUTSIDE],
  ["experiment", "s3:GetObject", object("raw")],
  ["experiment", "s3:GetObject", object("capture")],
  ["experiment", "s3:PutObject", object("results", "forecasts/a.parquet")],
  ["experiment", "s3:PutObject", object("processed", "sales/a.parquet")],
  ["experiment", "s3:PutObject", object("models", "training/drinks/model.tar.gz")],
  ["experiment", "sagemaker:PutRecord", own("feature-group", "sales-v1")],
  [
    "experiment",
    "events:PutEvents",
    arn("events", "event-bus/default"),
    { "events:source": ["smartretail"] },
  ],
  ["feature-store", "s3:PutObject", object("raw"), OUTSIDE],
  ["feature-store", "s3:GetObject", object("models")],
  ["scheduler", "states:StopExecution", arn("states", `execution:${PREFIX}-nightly:1`)],
  ["scheduler", "states:StartExecution", arn("states", "stateMachine:smartretail-dev-nightly")],
  ["router", "sagemaker:UpdateEndpoint", own("endpoint", "forecast")],
  ["router", "ssm:PutParameter", parameter("models/champion/drinks")],
  ["router", "s3:GetObject", object("processed")],
  ["order-api", "sagemaker:InvokeEndpoint", own("endpoint", "forecast")],
  ["order-api", "s3:PutObject", object("results")],
  ["order-api", "s3:PutObject", object("results", "published/night.json")],
  ["router", "s3:PutObject", object("results", "confirmed-orders/2026-11-23/00001.json")],
  ["release-control", "s3:PutObject", object("models", "mme/champion/drinks.tar.gz")],
  ["release-control", "s3:GetObject", object("raw")],
  ["release-control", "ssm:PutParameter", parameter("outputs/serving")],
  // Multi-model variants take the version from each request: in prod a rollout makes no model, and passes no role to one.
  ["release-control", "iam:PassRole", role("inference"), TO_SAGEMAKER],
  ["release-control", "sagemaker:CreateModel", sm("model/forecast-model-1"), OURS],
  ["release-control", "sagemaker:AddTags", sm("model/somebody-elses")],
  ["release-control", "sagemaker:DeleteModel", sm("model/somebody-elses"), OTHERS],
  ["release-control", "sagemaker:DeleteEndpointConfig", sm("endpoint-config/somebody-elses"), OTHERS],
  [
    "release-control",
    "cloudwatch:DeleteAlarms",
    arn("cloudwatch", `alarm:${PREFIX}-forecast-champion-server-errors`),
  ],
  [
    "release-control",
    "ec2:CreateNetworkInterface",
    arn("ec2", "subnet/subnet-1"),
    { "lambda:SourceFunctionArn": arn("lambda", `function:${PREFIX}-release-control`) },
  ],
  ["state-machines", "iam:PassRole", role("release-control"), TO_SAGEMAKER],
  ["state-machines", "iam:PassRole", role("processing"), { "iam:PassedToService": "ec2.amazonaws.com" }],
  ["state-machines", "sagemaker:UpdateEndpoint", own("endpoint", "forecast")],
  [
    "state-machines",
    "sagemaker:CreateModelPackage",
    own("model-package", "drinks/1"),
    { "sagemaker:ModelApprovalStatus": "Approved" },
  ],
  ["state-machines", "s3:GetObject", object("raw")],
  [SCIENTIST, "s3:GetObject", object("raw")],
  [SCIENTIST, "s3:GetObject", object("capture")],
  [SCIENTIST, "s3:PutObject", object("results", "forecasts/a.parquet")],
  [SCIENTIST, "s3:GetObject", object("processed"), OUTSIDE],
  [SCIENTIST, "iam:PassRole", role("processing"), TO_SAGEMAKER],
  [SCIENTIST, "iam:PassRole", role("training"), TO_SAGEMAKER],
  [SCIENTIST, "sagemaker:CreatePresignedDomainUrl", sm("user-profile/d-1/mori")],
  [SCIENTIST, "sagemaker:CreateSpace", sm("space/d-1/work"), mine("mori")],
  [
    SCIENTIST,
    "sagemaker:CreateApp",
    sm("app/d-1/aoki/JupyterLab/default"),
    { ...mine("aoki"), "sagemaker:InstanceTypes": ["ml.p4d.24xlarge"] },
  ],
  [
    SCIENTIST,
    "sagemaker:UpdateModelPackage",
    own("model-package", "drinks/2"),
    { "sagemaker:ModelApprovalStatus": "Approved" },
  ],
  [SCIENTIST, "sagemaker:InvokeEndpoint", own("endpoint", "forecast")],
  [SCIENTIST, "states:StartExecution", arn("states", `stateMachine:${PREFIX}-release`)],
  [ENGINEER, "iam:PassRole", role("processing"), TO_SAGEMAKER],
  [ENGINEER, "sagemaker:UpdateEndpoint", own("endpoint", "forecast")],
  [
    ENGINEER,
    "sagemaker:CreateModelPackage",
    own("model-package", "drinks/2"),
    { "sagemaker:ModelApprovalStatus": "PendingManualApproval" },
  ],
  [ENGINEER, "ssm:PutParameter", parameter("models/champion/drinks")],
  [ENGINEER, "s3:GetObject", object("raw")],
];
