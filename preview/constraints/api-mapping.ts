import type { ApiShape } from "./api-shapes";

/** How the inputs of one resource type reach AWS's API. */
export interface TypeMapping {
  /** Operations that take the inputs, `service.Operation`; `#Member` where all inputs go into one member. */
  readonly operations: readonly string[];
  /**
   * Input path to member name where the rule (same letters, singular or plural) does not find it. A dotted name leads
   * into a structure.
   */
  readonly names?: Readonly<Record<string, string>>;
  /** Input paths that no operation limits, each with the reason. */
  readonly unchecked?: Readonly<Record<string, string>>;
  /** Required members that the provider fills in itself. */
  readonly filledIn?: readonly string[];
  /** Inputs whose limits stand in AWS's documentation but not in its service model. */
  readonly documented?: Readonly<Record<string, ApiShape>>;
}

const provider = "switch of the provider, not sent to AWS";
const patch = "a path and a value of a patch, which the service model does not limit";
const attribute = "a key of the attribute map, whose values the service model does not limit";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET_NAME: ApiShape = { pattern: "(?!xn--|sthree-)(?!.*\\.\\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]" };
/** https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
const TOPIC_NAME: ApiShape = { pattern: "[A-Za-z0-9_-]{1,256}" };
/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
const QUEUE_NAME: ApiShape = { pattern: "[A-Za-z0-9_-]{1,80}" };
/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html */
const GROUP_TEXT: ApiShape = { pattern: "[a-zA-Z0-9 ._:/()#,@\\[\\]+=&;{}!$*-]{0,255}" };
/** A security group's own name is no id. */
const GROUP_NAME: ApiShape = { pattern: "(?!sg-)[a-zA-Z0-9 ._:/()#,@\\[\\]+=&;{}!$*-]{1,255}" };
const IPV4_NETWORK: ApiShape = { pattern: "(\\d{1,3}\\.){3}\\d{1,3}/\\d{1,2}" };
/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html */
const DASHBOARD_NAME: ApiShape = { pattern: "[A-Za-z0-9_-]{1,255}" };
const EC2_TAGS = { tags: "TagSpecifications.Tags" };
const RULE_NAMES = {
  securityGroupId: "GroupId",
  cidrIpv4: "IpPermissions.IpRanges.CidrIp",
  description: "IpPermissions.IpRanges.Description",
  prefixListId: "IpPermissions.PrefixListIds.PrefixListId",
  referencedSecurityGroupId: "IpPermissions.UserIdGroupPairs.GroupId",
  ...EC2_TAGS,
};
const RULE_DOCUMENTED = { cidrIpv4: IPV4_NETWORK, description: GROUP_TEXT };

/** Inputs of any type. */
export const UNCHECKED_EVERYWHERE: Readonly<Record<string, string>> = {
  region: "chooses the endpoint that is called",
  tagsAll: "computed from tags",
};

export const API_MAPPING: Readonly<Record<string, TypeMapping>> = {
  "aws:apigateway/account:Account": {
    operations: ["apigateway.UpdateAccount"],
    unchecked: { cloudwatchRoleArn: patch },
  },
  "aws:apigateway/deployment:Deployment": {
    operations: ["apigateway.CreateDeployment"],
    names: { restApi: "restApiId" },
    unchecked: { triggers: provider },
  },
  "aws:apigateway/methodSettings:MethodSettings": {
    operations: ["apigateway.UpdateStage"],
    names: { restApi: "restApiId" },
    unchecked: { methodPath: patch, settings: patch },
  },
  "aws:apigateway/restApi:RestApi": {
    operations: ["apigateway.CreateRestApi", "apigateway.PutRestApi"],
    filledIn: ["restApiId"],
  },
  "aws:apigateway/stage:Stage": {
    operations: ["apigateway.CreateStage"],
    names: { restApi: "restApiId", deployment: "deploymentId", xrayTracingEnabled: "tracingEnabled" },
    unchecked: { accessLogSettings: patch },
  },
  "aws:apigateway/usagePlan:UsagePlan": {
    operations: ["apigateway.CreateUsagePlan"],
    names: { quotaSettings: "quota", throttleSettings: "throttle" },
  },
  "aws:appautoscaling/policy:Policy": {
    operations: ["application-autoscaling.PutScalingPolicy"],
    names: { name: "PolicyName" },
  },
  "aws:appautoscaling/target:Target": { operations: ["application-autoscaling.RegisterScalableTarget"] },
  "aws:budgets/budget:Budget": {
    operations: ["budgets.CreateBudget#Budget", "budgets.CreateBudget", "budgets.CreateNotification"],
    names: {
      name: "BudgetName",
      limitAmount: "BudgetLimit.Amount",
      limitUnit: "BudgetLimit.Unit",
      timePeriodStart: "TimePeriod.Start",
      timePeriodEnd: "TimePeriod.End",
      notifications: "Notification",
      tags: "ResourceTags",
    },
    unchecked: {
      "notifications.subscriberEmailAddresses": "an address is checked as a setting",
      "notifications.subscriberSnsTopicArns": "an ARN that the program builds",
    },
  },
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": { operations: ["cloudwatch.PutCompositeAlarm"] },
  "aws:cloudwatch/dashboard:Dashboard": {
    operations: ["cloudwatch.PutDashboard"],
    documented: { dashboardName: DASHBOARD_NAME },
  },
  "aws:cloudwatch/eventRule:EventRule": {
    operations: ["events.PutRule"],
    unchecked: { forceDestroy: provider },
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    operations: ["events.PutTargets"],
    names: {
      arn: "Targets.Arn",
      deadLetterConfig: "Targets.DeadLetterConfig",
      inputPath: "Targets.InputPath",
      retryPolicy: "Targets.RetryPolicy",
    },
    unchecked: { forceDestroy: provider },
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    operations: ["logs.CreateLogGroup", "logs.PutRetentionPolicy"],
    names: { name: "logGroupName" },
    unchecked: { skipDestroy: provider },
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    operations: ["cloudwatch.PutMetricAlarm"],
    names: { name: "AlarmName" },
  },
  "aws:dynamodb/table:Table": {
    operations: [
      "dynamodb.CreateTable",
      "dynamodb.UpdateContinuousBackups",
      "dynamodb.UpdateTimeToLive#TimeToLiveSpecification",
    ],
    names: {
      name: "TableName",
      hashKey: "KeySchema.AttributeName",
      rangeKey: "KeySchema.AttributeName",
      attributes: "AttributeDefinitions",
      "attributes.name": "AttributeName",
      "attributes.type": "AttributeType",
      serverSideEncryption: "SSESpecification",
      "serverSideEncryption.kmsKeyArn": "KMSMasterKeyId",
      pointInTimeRecovery: "PointInTimeRecoverySpecification",
      "pointInTimeRecovery.enabled": "PointInTimeRecoveryEnabled",
      ttl: "AttributeName",
    },
  },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    operations: ["ec2.CreateTags"],
    filledIn: ["Resources", "Tags"],
    unchecked: { vpcId: "names the network whose own group is adopted" },
  },
  "aws:ec2/flowLog:FlowLog": {
    operations: ["ec2.CreateFlowLogs"],
    names: { vpcId: "ResourceIds", iamRoleArn: "DeliverLogsPermissionArn", ...EC2_TAGS },
    filledIn: ["ResourceType"],
  },
  "aws:ec2/internetGateway:InternetGateway": {
    operations: ["ec2.CreateInternetGateway", "ec2.AttachInternetGateway"],
    names: EC2_TAGS,
  },
  "aws:ec2/routeTable:RouteTable": { operations: ["ec2.CreateRouteTable"], names: EC2_TAGS },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": { operations: ["ec2.AssociateRouteTable"] },
  "aws:ec2/securityGroup:SecurityGroup": {
    operations: ["ec2.CreateSecurityGroup"],
    names: { name: "GroupName", ...EC2_TAGS },
    unchecked: { revokeRulesOnDelete: provider },
    documented: { name: GROUP_NAME, description: GROUP_TEXT },
  },
  "aws:ec2/subnet:Subnet": {
    operations: ["ec2.CreateSubnet", "ec2.ModifySubnetAttribute"],
    names: EC2_TAGS,
    documented: { cidrBlock: IPV4_NETWORK },
  },
  "aws:ec2/vpc:Vpc": {
    operations: ["ec2.CreateVpc", "ec2.ModifyVpcAttribute"],
    names: EC2_TAGS,
    documented: { cidrBlock: IPV4_NETWORK },
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    operations: ["ec2.CreateVpcEndpoint"],
    names: { policy: "PolicyDocument", ...EC2_TAGS },
  },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
    operations: ["ecr.PutLifecyclePolicy"],
    names: { repository: "repositoryName", policy: "lifecyclePolicyText" },
  },
  "aws:ecr/repository:Repository": {
    operations: ["ecr.CreateRepository"],
    names: { name: "repositoryName", encryptionConfigurations: "encryptionConfiguration" },
    unchecked: { forceDelete: provider },
  },
  "aws:ecr/repositoryPolicy:RepositoryPolicy": {
    operations: ["ecr.SetRepositoryPolicy"],
    names: { repository: "repositoryName", policy: "policyText" },
  },
  "aws:iam/policy:Policy": {
    operations: ["iam.CreatePolicy"],
    names: { name: "PolicyName", policy: "PolicyDocument" },
  },
  "aws:iam/role:Role": {
    operations: ["iam.CreateRole"],
    names: { name: "RoleName", assumeRolePolicy: "AssumeRolePolicyDocument" },
    unchecked: { forceDetachPolicies: provider },
  },
  "aws:iam/rolePolicy:RolePolicy": {
    operations: ["iam.PutRolePolicy"],
    names: { name: "PolicyName", role: "RoleName", policy: "PolicyDocument" },
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    operations: ["iam.AttachRolePolicy"],
    names: { role: "RoleName" },
  },
  "aws:kms/alias:Alias": { operations: ["kms.CreateAlias"], names: { name: "AliasName" } },
  "aws:kms/key:Key": {
    operations: ["kms.CreateKey", "kms.EnableKeyRotation", "kms.ScheduleKeyDeletion"],
    names: { deletionWindowInDays: "PendingWindowInDays" },
    unchecked: { enableKeyRotation: "decides whether EnableKeyRotation is called" },
  },
  "aws:s3/bucket:Bucket": {
    operations: ["s3.CreateBucket", "s3.PutBucketTagging#Tagging"],
    names: { tags: "TagSet" },
    unchecked: { forceDestroy: provider },
    documented: { bucket: BUCKET_NAME },
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
    operations: [
      "s3.PutBucketLifecycleConfiguration",
      "s3.PutBucketLifecycleConfiguration#LifecycleConfiguration",
    ],
  },
  "aws:s3/bucketLogging:BucketLogging": {
    operations: ["s3.PutBucketLogging", "s3.PutBucketLogging#BucketLoggingStatus"],
    names: { targetBucket: "LoggingEnabled.TargetBucket", targetPrefix: "LoggingEnabled.TargetPrefix" },
  },
  "aws:s3/bucketNotification:BucketNotification": { operations: ["s3.PutBucketNotificationConfiguration"] },
  "aws:s3/bucketObjectv2:BucketObjectv2": {
    operations: ["s3.PutObject"],
    names: { contentBase64: "Body", kmsKeyId: "SSEKMSKeyId" },
    unchecked: { tags: "travels as a query string" },
  },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
    operations: ["s3.PutBucketOwnershipControls", "s3.PutBucketOwnershipControls#OwnershipControls"],
  },
  "aws:s3/bucketPolicy:BucketPolicy": { operations: ["s3.PutBucketPolicy"] },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    operations: ["s3.PutPublicAccessBlock", "s3.PutPublicAccessBlock#PublicAccessBlockConfiguration"],
  },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    operations: ["s3.PutBucketEncryption", "s3.PutBucketEncryption#ServerSideEncryptionConfiguration"],
  },
  "aws:s3/bucketVersioning:BucketVersioning": { operations: ["s3.PutBucketVersioning"] },
  "aws:lambda/alias:Alias": { operations: ["lambda.CreateAlias"] },
  "aws:lambda/function:Function": {
    operations: ["lambda.CreateFunction", "lambda.PutFunctionConcurrency"],
    names: { name: "FunctionName" },
    unchecked: { code: "an archive, which the provider sends as bytes" },
    filledIn: ["Code"],
  },
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": {
    operations: ["lambda.PutFunctionEventInvokeConfig"],
  },
  "aws:lambda/permission:Permission": {
    operations: ["lambda.AddPermission"],
    names: { function: "FunctionName" },
    filledIn: ["StatementId"],
  },
  "aws:sagemaker/domain:Domain": { operations: ["sagemaker.CreateDomain", "sagemaker.DeleteDomain"] },
  "aws:sagemaker/endpoint:Endpoint": {
    operations: ["sagemaker.CreateEndpoint"],
    names: { name: "EndpointName" },
  },
  "aws:sagemaker/endpointConfiguration:EndpointConfiguration": {
    operations: ["sagemaker.CreateEndpointConfig"],
    names: { name: "EndpointConfigName", kmsKeyArn: "KmsKeyId" },
  },
  "aws:sagemaker/featureGroup:FeatureGroup": { operations: ["sagemaker.CreateFeatureGroup"] },
  "aws:sagemaker/model:Model": { operations: ["sagemaker.CreateModel"], names: { name: "ModelName" } },
  "aws:sagemaker/modelPackageGroup:ModelPackageGroup": { operations: ["sagemaker.CreateModelPackageGroup"] },
  "aws:sagemaker/pipeline:Pipeline": { operations: ["sagemaker.CreatePipeline"] },
  "aws:sagemaker/userProfile:UserProfile": { operations: ["sagemaker.CreateUserProfile"] },
  "aws:sagemaker/studioLifecycleConfig:StudioLifecycleConfig": {
    operations: ["sagemaker.CreateStudioLifecycleConfig"],
  },
  "aws:scheduler/schedule:Schedule": { operations: ["scheduler.CreateSchedule"] },
  "aws:scheduler/scheduleGroup:ScheduleGroup": { operations: ["scheduler.CreateScheduleGroup"] },
  "aws:sfn/stateMachine:StateMachine": {
    operations: ["stepfunctions.CreateStateMachine"],
    names: {
      "loggingConfiguration.logDestination": "destinations.cloudWatchLogsLogGroup.logGroupArn",
    },
  },
  "aws:sns/topic:Topic": {
    operations: ["sns.CreateTopic"],
    unchecked: { kmsMasterKeyId: attribute, displayName: attribute },
    documented: { name: TOPIC_NAME, displayName: { max: 100 } },
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    operations: ["sns.SetTopicAttributes"],
    names: { arn: "TopicArn", policy: "AttributeValue" },
    filledIn: ["AttributeName"],
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    operations: ["sns.Subscribe"],
    names: { topic: "TopicArn" },
  },
  "aws:sqs/queue:Queue": {
    operations: ["sqs.CreateQueue"],
    names: { name: "QueueName" },
    unchecked: { kmsMasterKeyId: attribute, messageRetentionSeconds: attribute },
    documented: { name: QUEUE_NAME, messageRetentionSeconds: { min: 60, max: 1_209_600, number: true } },
  },
  "aws:sqs/queuePolicy:QueuePolicy": {
    operations: ["sqs.SetQueueAttributes"],
    filledIn: ["Attributes"],
    unchecked: { policy: attribute },
  },
  "aws:ssm/parameter:Parameter": { operations: ["ssm.PutParameter"], names: { insecureValue: "Value" } },
  "aws:wafv2/webAcl:WebAcl": { operations: ["wafv2.CreateWebACL"] },
  "aws:wafv2/webAclAssociation:WebAclAssociation": { operations: ["wafv2.AssociateWebACL"] },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    operations: ["ec2.AuthorizeSecurityGroupEgress"],
    names: RULE_NAMES,
    documented: RULE_DOCUMENTED,
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    operations: ["ec2.AuthorizeSecurityGroupIngress"],
    names: RULE_NAMES,
    documented: RULE_DOCUMENTED,
  },
};
