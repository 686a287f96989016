/** Resource types that AWS does not bill by themselves. What is in neither this list nor a pricer is reported as unpriced. */
const FREE_TYPES: readonly string[] = [
  "aws:apigateway/*",
  "aws:apigatewayv2/*",
  "aws:appautoscaling/*",
  "aws:athena/database:Database",
  "aws:athena/namedQuery:NamedQuery",
  "aws:cloudwatch/eventArchive:EventArchive",
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy",
  "aws:cloudwatch/eventPermission:EventPermission",
  "aws:cloudwatch/eventRule:EventRule",
  "aws:cloudwatch/eventTarget:EventTarget",
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
  "aws:cloudwatch/logStream:LogStream",
  "aws:cloudwatch/queryDefinition:QueryDefinition",
  "aws:costexplorer/*",
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
  "aws:ec2/defaultRouteTable:DefaultRouteTable",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  // The log group or bucket that a flow log writes to carries its cost.
  "aws:ec2/flowLog:FlowLog",
  "aws:ec2/internetGateway:InternetGateway",
  "aws:ec2/networkAcl:NetworkAcl",
  "aws:ec2/route:Route",
  "aws:ec2/routeTable:RouteTable",
  "aws:ec2/routeTableAssociation:RouteTableAssociation",
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/securityGroupRule:SecurityGroupRule",
  "aws:ec2/subnet:Subnet",
  "aws:ec2/vpc:Vpc",
  "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
  "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation",
  "aws:ecr/*",
  // A million catalogue objects are free.
  "aws:glue/catalogDatabase:CatalogDatabase",
  "aws:glue/catalogTable:CatalogTable",
  "aws:iam/*",
  "aws:kms/alias:Alias",
  "aws:kms/grant:Grant",
  "aws:kms/keyPolicy:KeyPolicy",
  "aws:lambda/alias:Alias",
  "aws:lambda/eventSourceMapping:EventSourceMapping",
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
  "aws:lambda/layerVersion:LayerVersion",
  "aws:lambda/permission:Permission",
  "aws:resourcegroups/group:Group",
  "aws:s3/*",
  "aws:sagemaker/domain:Domain",
  "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
  "aws:sagemaker/model:Model",
  "aws:sagemaker/modelPackageGroup:ModelPackageGroup",
  "aws:sagemaker/modelPackageGroupPolicy:ModelPackageGroupPolicy",
  "aws:sagemaker/studioLifecycleConfig:StudioLifecycleConfig",
  "aws:scheduler/scheduleGroup:ScheduleGroup",
  "aws:secretsmanager/secretPolicy:SecretPolicy",
  "aws:secretsmanager/secretVersion:SecretVersion",
  "aws:sns/topicPolicy:TopicPolicy",
  "aws:sns/topicSubscription:TopicSubscription",
  "aws:sqs/queuePolicy:QueuePolicy",
  "aws:sqs/redrivePolicy:RedrivePolicy",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "aws:wafv2/webAclAssociation:WebAclAssociation",
];

const EXACT = new Set(FREE_TYPES.filter((type) => !type.endsWith("*")));
const PREFIXES = FREE_TYPES.filter((type) => type.endsWith("*")).map((type) => type.slice(0, -1));
/** Packages whose resources live in somebody's cloud account; everything else is a component or a local helper. */
const CLOUD_PACKAGES = ["aws", "aws-native"];

export function isFreeType(type: string): boolean {
  return EXACT.has(type) || PREFIXES.some((prefix) => type.startsWith(prefix));
}

export function isCloudType(type: string): boolean {
  return CLOUD_PACKAGES.includes(type.split(":")[0] ?? "");
}
