/**
 * What AWS would make of a resource of this type. Templates hold `{region}`, `{account}`, `{name}` (the physical name),
 * `{id}`, `{hex}` (17 hexadecimal digits), `{uuid}`, `{short}` (12 characters) and `{input.<property>}`.
 */
export interface ResourceStub {
  /** Input property that carries the physical name; the provider fills it in when the program leaves it out. */
  readonly named?: string;
  readonly id: string;
  readonly computed?: Readonly<Record<string, string>>;
}

export const arn = (service: string, resource: string) => `arn:aws:${service}:{region}:{account}:${resource}`;
const globalArn = (resource: string) => `arn:aws:iam::{account}:${resource}`;
const named = (service: string, resource: string, id = "{name}"): ResourceStub => ({
  named: "name",
  id,
  computed: { arn: arn(service, resource) },
});
const ec2 = (prefix: string, resource: string, computed: Record<string, string> = {}): ResourceStub => ({
  id: `${prefix}-{hex}`,
  computed: { arn: arn("ec2", `${resource}/{id}`), ownerId: "{account}", ...computed },
});
const sagemaker = (resource: string, property: string): ResourceStub => ({
  named: property,
  id: "{name}",
  computed: { arn: arn("sagemaker", `${resource}/{name}`) },
});
export const idOf = (property: string): ResourceStub => ({ id: `{input.${property}}` });

/** Sources: the ARN formats of the AWS service authorization reference and the ids of the AWS provider. */
export const RESOURCE_STUBS: Readonly<Record<string, ResourceStub>> = {
  "aws:apigateway/restApi:RestApi": {
    named: "name",
    id: "{short}",
    computed: {
      arn: "arn:aws:apigateway:{region}::/restapis/{id}",
      executionArn: arn("execute-api", "{id}"),
      rootResourceId: "{short}",
    },
  },
  "aws:apigateway/resource:Resource": { id: "{short}", computed: { path: "/{input.pathPart}" } },
  "aws:apigateway/deployment:Deployment": { id: "{short}" },
  "aws:apigateway/stage:Stage": {
    id: "ags-{input.restApi}-{input.stageName}",
    computed: {
      arn: "arn:aws:apigateway:{region}::/restapis/{input.restApi}/stages/{input.stageName}",
      executionArn: arn("execute-api", "{input.restApi}/{input.stageName}"),
      invokeUrl: "https://{input.restApi}.execute-api.{region}.amazonaws.com/{input.stageName}",
    },
  },
  "aws:appautoscaling/policy:Policy": {
    named: "name",
    id: "{name}",
    computed: {
      arn: arn("autoscaling", "scalingPolicy:{uuid}:resource/{input.resourceId}:policyName/{name}"),
    },
  },
  "aws:appautoscaling/target:Target": {
    id: "{input.resourceId}",
    computed: { arn: arn("application-autoscaling", "scalable-target/{short}") },
  },
  "aws:athena/workgroup:Workgroup": named("athena", "workgroup/{name}"),
  "aws:budgets/budget:Budget": {
    named: "name",
    id: "{account}:{name}",
    computed: { arn: "arn:aws:budgets::{account}:budget/{name}", accountId: "{account}" },
  },
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
    id: "{input.alarmName}",
    computed: { arn: arn("cloudwatch", "alarm:{input.alarmName}") },
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    id: "{input.dashboardName}",
    computed: { dashboardArn: "arn:aws:cloudwatch::{account}:dashboard/{input.dashboardName}" },
  },
  "aws:cloudwatch/eventRule:EventRule": named("events", "rule/{name}"),
  "aws:cloudwatch/eventTarget:EventTarget": { id: "{input.rule}-{short}" },
  "aws:cloudwatch/logGroup:LogGroup": named("logs", "log-group:{name}"),
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    named: "name",
    id: "{name}",
    computed: { arn: arn("cloudwatch", "alarm:{name}") },
  },
  "aws:dynamodb/table:Table": named("dynamodb", "table/{name}"),
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": ec2("acl", "network-acl"),
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": ec2("sg", "security-group", { name: "default" }),
  "aws:ec2/eip:Eip": ec2("eipalloc", "elastic-ip", { allocationId: "{id}", publicIp: "203.0.113.10" }),
  "aws:ec2/flowLog:FlowLog": ec2("fl", "vpc-flow-log"),
  "aws:ec2/internetGateway:InternetGateway": ec2("igw", "internet-gateway"),
  "aws:ec2/natGateway:NatGateway": ec2("nat", "natgateway"),
  "aws:ec2/networkAcl:NetworkAcl": ec2("acl", "network-acl"),
  "aws:ec2/route:Route": { id: "r-{input.routeTableId}" },
  "aws:ec2/routeTable:RouteTable": ec2("rtb", "route-table"),
  "aws:ec2/routeTableAssociation:RouteTableAssociation": { id: "rtbassoc-{hex}" },
  "aws:ec2/securityGroup:SecurityGroup": { named: "name", ...ec2("sg", "security-group") },
  "aws:ec2/subnet:Subnet": ec2("subnet", "subnet"),
  "aws:ec2/vpc:Vpc": ec2("vpc", "vpc", {
    defaultSecurityGroupId: "sg-{hex}",
    defaultNetworkAclId: "acl-{hex}",
    defaultRouteTableId: "rtb-{hex}",
    mainRouteTableId: "rtb-{hex}",
  }),
  "aws:ec2/vpcEndpoint:VpcEndpoint": ec2("vpce", "vpc-endpoint", {
    prefixListId: "pl-{hex}",
    state: "available",
  }),
  "aws:ecr/repository:Repository": {
    named: "name",
    id: "{name}",
    computed: {
      arn: arn("ecr", "repository/{name}"),
      registryId: "{account}",
      repositoryUrl: "{account}.dkr.ecr.{region}.amazonaws.com/{name}",
    },
  },
  "aws:glue/catalogDatabase:CatalogDatabase": {
    named: "name",
    id: "{account}:{name}",
    computed: { arn: arn("glue", "database/{name}"), catalogId: "{account}" },
  },
  "aws:iam/policy:Policy": {
    named: "name",
    id: globalArn("policy/{name}"),
    computed: { arn: globalArn("policy/{name}") },
  },
  "aws:iam/role:Role": {
    named: "name",
    id: "{name}",
    computed: { arn: globalArn("role/{name}"), uniqueId: "AROA{SHORT}" },
  },
  "aws:iam/rolePolicy:RolePolicy": { named: "name", id: "{input.role}:{name}" },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": { id: "{input.role}/{input.policyArn}" },
  "aws:kms/alias:Alias": { named: "name", id: "{name}", computed: { arn: arn("kms", "{name}") } },
  "aws:kms/key:Key": { id: "{uuid}", computed: { arn: arn("kms", "key/{id}"), keyId: "{id}" } },
  "aws:lambda/alias:Alias": {
    named: "name",
    id: arn("lambda", "function:{input.functionName}:{name}"),
    computed: {
      arn: "{id}",
      invokeArn: "arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{id}/invocations",
    },
  },
  "aws:lambda/function:Function": {
    named: "name",
    id: "{name}",
    computed: {
      arn: arn("lambda", "function:{name}"),
      invokeArn: `arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/${arn("lambda", "function:{name}")}/invocations`,
      qualifiedArn: arn("lambda", "function:{name}:1"),
      version: "1",
    },
  },
  "aws:s3/bucket:Bucket": {
    named: "bucket",
    id: "{name}",
    computed: {
      arn: "arn:aws:s3:::{name}",
      bucketDomainName: "{name}.s3.amazonaws.com",
      bucketRegionalDomainName: "{name}.s3.{region}.amazonaws.com",
    },
  },
  "aws:s3/bucketObjectv2:BucketObjectv2": {
    id: "{input.bucket}/{input.key}",
    computed: { arn: "arn:aws:s3:::{input.bucket}/{input.key}", versionId: "{short}", etag: "{short}" },
  },
  "aws:sagemaker/appImageConfig:AppImageConfig": sagemaker("app-image-config", "appImageConfigName"),
  "aws:sagemaker/domain:Domain": {
    id: "d-{short}",
    computed: {
      arn: arn("sagemaker", "domain/{id}"),
      homeEfsFileSystemId: "fs-{hex}",
      securityGroupIdForDomainBoundary: "sg-{hex}",
      url: "https://{id}.studio.{region}.sagemaker.aws",
    },
  },
  "aws:sagemaker/endpoint:Endpoint": sagemaker("endpoint", "name"),
  "aws:sagemaker/endpointConfiguration:EndpointConfiguration": sagemaker("endpoint-config", "name"),
  "aws:sagemaker/featureGroup:FeatureGroup": sagemaker("feature-group", "featureGroupName"),
  "aws:sagemaker/model:Model": sagemaker("model", "name"),
  "aws:sagemaker/modelPackageGroup:ModelPackageGroup": sagemaker(
    "model-package-group",
    "modelPackageGroupName",
  ),
  "aws:sagemaker/pipeline:Pipeline": sagemaker("pipeline", "pipelineName"),
  "aws:sagemaker/studioLifecycleConfig:StudioLifecycleConfig": sagemaker(
    "studio-lifecycle-config",
    "studioLifecycleConfigName",
  ),
  "aws:sagemaker/userProfile:UserProfile": {
    id: arn("sagemaker", "user-profile/{input.domainId}/{input.userProfileName}"),
    computed: { arn: "{id}" },
  },
  "aws:scheduler/schedule:Schedule": {
    named: "name",
    id: "{input.groupName}/{name}",
    computed: { arn: arn("scheduler", "schedule/{input.groupName}/{name}") },
  },
  "aws:scheduler/scheduleGroup:ScheduleGroup": named("scheduler", "schedule-group/{name}"),
  "aws:sfn/stateMachine:StateMachine": named(
    "states",
    "stateMachine:{name}",
    arn("states", "stateMachine:{name}"),
  ),
  "aws:sns/topic:Topic": named("sns", "{name}", arn("sns", "{name}")),
  "aws:sns/topicPolicy:TopicPolicy": idOf("arn"),
  "aws:sns/topicSubscription:TopicSubscription": { id: "{input.topic}:{uuid}", computed: { arn: "{id}" } },
  "aws:sqs/queue:Queue": {
    named: "name",
    id: "https://sqs.{region}.amazonaws.com/{account}/{name}",
    computed: { arn: arn("sqs", "{name}"), url: "{id}" },
  },
  "aws:ssm/parameter:Parameter": {
    named: "name",
    id: "{name}",
    computed: { arn: arn("ssm", "parameter{name}"), version: "1" },
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ec2("sgr", "security-group-rule"),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ec2("sgr", "security-group-rule"),
};
