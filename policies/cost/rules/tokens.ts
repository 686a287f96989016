/** Type tokens of the resources that the cost rules are about. */
export const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
export const BUCKET = "aws:s3/bucket:Bucket";
export const BUCKET_ENCRYPTION =
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
export const BUCKET_LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
export const BUCKET_VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";
export const BUDGET = "aws:budgets/budget:Budget";
export const DASHBOARD = "aws:cloudwatch/dashboard:Dashboard";
export const DATA_QUALITY_JOB = "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition";
export const DOMAIN = "aws:sagemaker/domain:Domain";
export const ENDPOINT = "aws:sagemaker/endpoint:Endpoint";
export const ENDPOINT_CONFIGURATION = "aws:sagemaker/endpointConfiguration:EndpointConfiguration";
export const FEATURE_GROUP = "aws:sagemaker/featureGroup:FeatureGroup";
export const FUNCTION = "aws:lambda/function:Function";
export const KEY = "aws:kms/key:Key";
export const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
export const MONITORING_SCHEDULE = "aws:sagemaker/monitoringSchedule:MonitoringSchedule";
export const NAT_GATEWAY = "aws:ec2/natGateway:NatGateway";
export const NOTEBOOK = "aws:sagemaker/notebookInstance:NotebookInstance";
export const SCALING_POLICY = "aws:appautoscaling/policy:Policy";
export const SCALING_SCHEDULE = "aws:appautoscaling/scheduledAction:ScheduledAction";
export const SCALING_TARGET = "aws:appautoscaling/target:Target";
export const SPACE = "aws:sagemaker/space:Space";
export const STATE_MACHINE = "aws:sfn/stateMachine:StateMachine";
export const USER_PROFILE = "aws:sagemaker/userProfile:UserProfile";
export const VPC_ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
