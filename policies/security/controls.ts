import type { ControlCollection } from "../kit";

const words = (text: string): string[] => text.trim().split(/\s+/);

/**
 * Rules of other collections that apply to the resource types of this platform and that a plan can decide, by the ids
 * of their own repositories. Rules about an account as a whole, or about what only a running system shows, are left out.
 */
export const SECURITY_CONTROLS: readonly ControlCollection[] = [
  {
    name: "Checkov",
    snapshot: "2026-08-20",
    ids: words(`
      CKV2_AWS_1 CKV2_AWS_4 CKV2_AWS_5 CKV2_AWS_6 CKV2_AWS_11 CKV2_AWS_12 CKV2_AWS_16 CKV2_AWS_19 CKV2_AWS_29
      CKV2_AWS_40 CKV2_AWS_43 CKV2_AWS_51 CKV2_AWS_53 CKV2_AWS_56 CKV2_AWS_62 CKV2_AWS_64 CKV2_AWS_65
      CKV2_AWS_70 CKV2_AWS_73 CKV2_AWS_75 CKV_AWS_1 CKV_AWS_7 CKV_AWS_18 CKV_AWS_19 CKV_AWS_20 CKV_AWS_21
      CKV_AWS_22 CKV_AWS_23 CKV_AWS_24 CKV_AWS_25 CKV_AWS_26 CKV_AWS_27 CKV_AWS_28 CKV_AWS_32 CKV_AWS_33
      CKV_AWS_40 CKV_AWS_45 CKV_AWS_49 CKV_AWS_50 CKV_AWS_51 CKV_AWS_53 CKV_AWS_54 CKV_AWS_55 CKV_AWS_56
      CKV_AWS_57 CKV_AWS_59 CKV_AWS_60 CKV_AWS_61 CKV_AWS_62 CKV_AWS_63 CKV_AWS_66 CKV_AWS_70 CKV_AWS_72
      CKV_AWS_73 CKV_AWS_76 CKV_AWS_93 CKV_AWS_98 CKV_AWS_107 CKV_AWS_108 CKV_AWS_109 CKV_AWS_110 CKV_AWS_111
      CKV_AWS_115 CKV_AWS_116 CKV_AWS_117 CKV_AWS_119 CKV_AWS_120 CKV_AWS_122 CKV_AWS_130 CKV_AWS_136
      CKV_AWS_143 CKV_AWS_144 CKV_AWS_145 CKV_AWS_148 CKV_AWS_158 CKV_AWS_163 CKV_AWS_168 CKV_AWS_169
      CKV_AWS_173 CKV_AWS_187 CKV_AWS_206 CKV_AWS_225 CKV_AWS_227 CKV_AWS_229 CKV_AWS_230 CKV_AWS_231
      CKV_AWS_232 CKV_AWS_258 CKV_AWS_260 CKV_AWS_272 CKV_AWS_273 CKV_AWS_274 CKV_AWS_276 CKV_AWS_277
      CKV_AWS_284 CKV_AWS_285 CKV_AWS_286 CKV_AWS_287 CKV_AWS_288 CKV_AWS_289 CKV_AWS_297 CKV_AWS_301
      CKV_AWS_306 CKV_AWS_307 CKV_AWS_308 CKV_AWS_309 CKV_AWS_319 CKV_AWS_338 CKV_AWS_352 CKV_AWS_355
      CKV_AWS_356 CKV_AWS_358 CKV_AWS_363 CKV_AWS_364 CKV_AWS_367 CKV_AWS_368 CKV_AWS_369 CKV_AWS_370
      CKV_AWS_371 CKV_AWS_375 CKV_AWS_379 CKV_AWS_382 CKV_AWS_385 CKV_AWS_387 CKV_AWS_393
    `),
    beyond: words(
      `CKV_AWS_103 CKV_AWS_133 CKV_AWS_159 CKV_AWS_16 CKV_AWS_17 CKV_AWS_174 CKV_AWS_2 CKV_AWS_3 CKV_AWS_333 CKV_AWS_34 CKV_AWS_46 CKV_AWS_64 CKV_AWS_71 CKV_AWS_77 CKV_AWS_79 CKV_AWS_8 CKV_AWS_82 CKV_AWS_86 CKV_AWS_87 CKV_AWS_88 CKV_AWS_91 CKV_AWS_96`,
    ),
  },
  {
    name: "AWS Security Hub",
    snapshot: "controls of 2026",
    ids: words(`
      APIGateway.1 APIGateway.2 APIGateway.3 APIGateway.4 APIGateway.5 APIGateway.8 APIGateway.9 APIGateway.10
      APIGateway.11 CloudWatch.15 CloudWatch.16 CloudWatch.17 DynamoDB.1 DynamoDB.2 DynamoDB.6 EC2.2 EC2.6
      EC2.10 EC2.12 EC2.13 EC2.14 EC2.15 EC2.16 EC2.18 EC2.19 EC2.21 EC2.22 EC2.53 EC2.54 EC2.55 EC2.56 EC2.57
      EC2.58 EC2.60 ECR.1 ECR.2 ECR.5 EventBridge.3 IAM.1 IAM.2 IAM.21 KMS.1 KMS.2 KMS.3 KMS.4 KMS.5 Lambda.1
      Lambda.2 Lambda.3 Lambda.5 Lambda.7 S3.2 S3.3 S3.5 S3.6 S3.7 S3.8 S3.9 S3.11 S3.12 S3.14 S3.15 S3.17
      S3.20 SNS.1 SNS.4 SQS.1 SQS.3 SageMaker.1 SageMaker.2 SageMaker.3 SageMaker.4 SageMaker.5 SageMaker.6
      SageMaker.7 SageMaker.8 SageMaker.9 SageMaker.11 SageMaker.14 SageMaker.16 SageMaker.17 SageMaker.18
      SageMaker.19 SageMaker.21 SageMaker.22 StepFunctions.1
    `),
    beyond: words(
      `Athena.1 CloudFront.3 CloudFront.5 EC2.170 EC2.25 EC2.3 EC2.8 EC2.9 ECS.2 ECS.8 ELB.1 ELB.5 RDS.11 RDS.2 RDS.3 Redshift.1 Redshift.10 Redshift.4`,
    ),
  },
  {
    name: "Trivy",
    snapshot: "2026-08-21",
    ids: words(`
      AWS-0001 AWS-0002 AWS-0003 AWS-0004 AWS-0005 AWS-0017 AWS-0024 AWS-0025 AWS-0030 AWS-0031 AWS-0032
      AWS-0033 AWS-0057 AWS-0065 AWS-0066 AWS-0067 AWS-0086 AWS-0087 AWS-0088 AWS-0089 AWS-0090 AWS-0091
      AWS-0092 AWS-0093 AWS-0094 AWS-0095 AWS-0096 AWS-0097 AWS-0099 AWS-0101 AWS-0102 AWS-0104 AWS-0105
      AWS-0107 AWS-0117 AWS-0119 AWS-0124 AWS-0132 AWS-0135 AWS-0136 AWS-0143 AWS-0164 AWS-0170 AWS-0173
      AWS-0178 AWS-0342 AWS-0345
    `),
    beyond: words(
      `AWS-0006 AWS-0007 AWS-0008 AWS-0009 AWS-0010 AWS-0012 AWS-0013 AWS-0026 AWS-0028 AWS-0029 AWS-0036 AWS-0047 AWS-0054 AWS-0077 AWS-0079 AWS-0080 AWS-0084 AWS-0122 AWS-0129 AWS-0130 AWS-0131 AWS-0180`,
    ),
  },
  {
    name: "cdk-nag",
    snapshot: "v3, 2026-06-29",
    ids: words(`
      APIGWAccessLogging APIGWAssociatedWithWAF APIGWAuthorization APIGWCacheEnabledAndEncrypted
      APIGWDefaultThrottling APIGWExecutionLoggingEnabled APIGWRequestValidation APIGWSSLEnabled
      APIGWStructuredLogging APIGWXrayEnabled CloudWatchAlarmAction CloudWatchLogGroupEncrypted
      CloudWatchLogGroupRetentionPeriod DynamoDBAutoScalingEnabled DynamoDBInBackupPlan DynamoDBPITREnabled
      EC2RestrictedCommonPorts EC2RestrictedInbound EC2RestrictedSSH EC2SecurityGroupDescription
      EC2SecurityGroupOnlyTcp443 ECROpenAccess EventBusDLQ EventBusOpenAccess IAMGroupHasUsers
      IAMNoInlinePolicy IAMNoManagedPolicies IAMNoWildcardPermissions IAMPolicyNoStatementsWithAdminAccess
      IAMPolicyNoStatementsWithFullAccess IAMUserGroupMembership IAMUserNoPolicies
      KMSBackingKeyRotationEnabled LambdaAsyncFailureDestination LambdaConcurrency LambdaDLQ
      LambdaEventSourceMappingDestination LambdaEventSourceSQSVisibilityTimeout
      LambdaFunctionPublicAccessProhibited LambdaFunctionUrlAuth LambdaInsideVPC LambdaLatestVersion
      LambdaLogLevel LambdaLogging LambdaSharedRole LambdaStarPermissions LambdaTracing
      S3BucketDefaultLockEnabled S3BucketLevelPublicAccessProhibited S3BucketLoggingEnabled
      S3BucketPublicReadProhibited S3BucketPublicWriteProhibited S3BucketReplicationEnabled
      S3BucketSSLRequestsOnly S3BucketServerSideEncryptionEnabled S3BucketVersioningEnabled
      S3DefaultEncryptionKMS S3WebBucketOAIAccess SNSDeadLetterQueue SNSEncryptedKMS SNSRedrivePolicy
      SNSTopicSSLPublishOnly SNSTopicSSLRequestsOnly SQSQueueDLQ SQSQueueSSE SQSQueueSSLRequestsOnly
      SQSRedrivePolicy SageMakerEndpointConfigurationKMSKeyConfigured SageMakerNotebookInVPC
      SageMakerNotebookInstanceKMSKeyConfigured SageMakerNotebookNoDirectInternetAccess
      StepFunctionStateMachineAllLogsToCloudWatch StepFunctionStateMachineErrorLogsToCloudWatch
      StepFunctionStateMachineXray VPCDefaultSecurityGroupClosed VPCFlowLogsEnabled
      VPCNoUnrestrictedRouteToIGW VPCSubnetAutoAssignPublicIpDisabled VPCNoNACLs
    `),
    beyond: words(
      `ALBHttpToHttpsRedirection AthenaWorkgroupEncryptedQueryResults CloudFrontDistributionAccessLogging CloudFrontDistributionHttpsViewerNoOutdatedSSL EC2EBSVolumeEncrypted EC2IMDSv2Enabled EC2InstanceNoPublicIp ECSTaskDefinitionNoEnvironmentVariables ELBLoggingEnabled RDSInstanceBackupEnabled RDSInstancePublicAccess RDSStorageEncrypted RedshiftClusterAuditLogging RedshiftClusterEncryptionAtRest RedshiftClusterPublicAccess`,
    ),
    reasons: { VPCNoNACLs: "the opposite of the rules about network ACLs that most others have" },
  },
  {
    name: "AWS Guard rules registry",
    snapshot: "2024-03-22",
    ids: words(`
      guard:api_gw_cache_enabled_and_encrypted guard:api_gw_domain_deny_non_tls_traffic
      guard:api_gw_endpoint_type_check guard:api_gw_execution_logging_enabled
      guard:api_gw_method_authorization_type_rule guard:api_gw_stage_access_logging_rule
      guard:cloudwatch_alarm_action_check guard:cloudwatch_log_group_encrypted
      guard:cmk_backing_key_rotation_enabled guard:cw_loggroup_retention_period_check
      guard:dynamodb_billing_mode_rule guard:dynamodb_in_backup_plan guard:dynamodb_pitr_enabled
      guard:dynamodb_resources_protected_by_backup_plan guard:dynamodb_table_encrypted_kms
      guard:dynamodb_table_must_be_encrypted guard:dynamodb_throughput_limit_check
      guard:ec2_network_acl_entry_ineffective_deny_rule guard:ec2_network_acl_port_range_rule
      guard:ec2_network_acl_protocol_rule guard:ec2_security_group_egress_open_to_world_rule
      guard:ec2_security_group_ingress_open_to_world_rule guard:iam_customer_policy_blocked_kms_actions
      guard:iam_group_has_users_check guard:iam_inline_policy_blocked_kms_actions
      guard:iam_managedpolicy_no_statements_with_full_access guard:iam_no_inline_policy_check
      guard:iam_no_policy_on_user guard:iam_policy_no_statements_with_admin_access
      guard:iam_policy_no_statements_with_full_access guard:iam_policy_no_wildcard_resource_on_passrole
      guard:iam_policydocument_no_wildcard_resource guard:iam_role_administrator_access_policy_rule
      guard:iam_role_elevated_managed_policy_rule guard:iam_role_no_allow_plus_not_action_on_trust_policy
      guard:iam_role_no_allow_plus_not_principal guard:iam_role_no_full_access_on_trust_policy
      guard:iam_role_no_wildcard_actions_on_permissions guard:iam_role_no_wildcard_resource_on_passrole
      guard:iam_role_or_policy_no_allow_plus_not_action guard:iam_role_or_policy_no_allow_plus_not_resource
      guard:iam_user_group_membership_check guard:iam_user_login_profile_no_plaintext_password
      guard:iam_user_login_profile_password_reset_rule guard:iam_user_missing_group_rule
      guard:iam_user_no_policies_check guard:internet_gateway_authorized_vpc_only
      guard:kms_no_wildcard_principal guard:lambda_concurrency_check guard:lambda_dlq_check
      guard:lambda_function_public_access_prohibited guard:lambda_inside_vpc
      guard:lambda_no_wildcard_principal guard:lambda_permission_invoke_function_action
      guard:no_unrestricted_route_to_igw guard:restricted_common_ports guard:restricted_ssh
      guard:s3_bucket_default_lock_enabled guard:s3_bucket_level_public_access_prohibited
      guard:s3_bucket_logging_enabled guard:s3_bucket_policy_grantee_check
      guard:s3_bucket_policy_no_allow_plus_not_action guard:s3_bucket_policy_no_wildcard_action
      guard:s3_bucket_policy_no_wildcard_principal guard:s3_bucket_public_read_acl
      guard:s3_bucket_public_read_prohibited guard:s3_bucket_public_rw_acl
      guard:s3_bucket_public_write_prohibited guard:s3_bucket_replication_enabled
      guard:s3_bucket_server_side_encryption_enabled guard:s3_bucket_ssl_requests_only
      guard:s3_bucket_versioning_enabled guard:s3_bucketpolicy_no_allow_plus_notprincipal
      guard:s3_default_encryption_kms guard:sagemaker_endpoint_configuration_kms_key_configured
      guard:sagemaker_notebook_instance_kms_key_configured guard:sagemaker_notebook_no_direct_internet_access
      guard:security_group_description_rule guard:security_group_egress_all_protocols_rule
      guard:security_group_egress_port_range_rule guard:security_group_ingress_all_protocols_rule
      guard:security_group_ingress_cidr_non_32_rule guard:security_group_ingress_port_range_rule
      guard:security_group_missing_egress_rule guard:sns_encrypted_kms
      guard:sns_topicpolicy_no_allow_plus_not_action guard:sns_topicpolicy_no_allow_plus_notprincipal
      guard:sns_topicpolicy_no_wildcard_principal guard:sqs_queue_kms_master_key_id_rule
      guard:sqs_queuepolicy_no_allow_plus_not_action guard:sqs_queuepolicy_no_allow_plus_notprincipal
      guard:sqs_queuepolicy_no_wildcard_action guard:sqs_queuepolicy_no_wildcard_principal
      guard:subnet_auto_assign_public_ip_disabled guard:vpc_default_security_group_closed
      guard:vpc_flow_logs_enabled guard:vpc_sg_open_only_to_authorized_ports
    `),
    beyond: words(
      `guard:alb_http_to_https_redirection_check guard:db_instance_backup_enabled guard:ec2_imdsv2_check guard:ec2_instance_no_public_ip guard:elb_logging_enabled guard:encrypted_volumes guard:rds_instance_public_access_check guard:rds_storage_encrypted guard:redshift_cluster_configuration_check guard:redshift_cluster_public_access_check`,
    ),
  },
  {
    name: "Prowler, SageMaker checks",
    snapshot: "2026-08-21",
    ids: words(`
      sagemaker_domain_encrypted_with_cmk sagemaker_domain_sso_configured sagemaker_domain_vpc_only_enabled
      sagemaker_endpoint_config_kms_encryption_enabled sagemaker_endpoint_config_prod_variant_instances
      sagemaker_endpoint_configuration_kms_key_configured
      sagemaker_feature_group_offline_store_encrypted_with_cmk sagemaker_full_access_policy_attached
      sagemaker_models_monitor_enabled sagemaker_models_network_isolation_enabled
      sagemaker_models_registry_in_use sagemaker_models_vpc_settings_configured
      sagemaker_notebook_instance_encryption_enabled sagemaker_notebook_instance_kms_key_configured
      sagemaker_notebook_instance_no_secrets sagemaker_notebook_instance_root_access_disabled
      sagemaker_notebook_instance_vpc_settings_configured
      sagemaker_notebook_instance_without_direct_internet_access_configured
      sagemaker_notebook_no_direct_internet_access sagemaker_processing_job_volume_encrypted_with_cmk
      sagemaker_training_jobs_intercontainer_encryption_enabled
      sagemaker_training_jobs_network_isolation_enabled
      sagemaker_training_jobs_volume_and_output_encryption_enabled
      sagemaker_training_jobs_vpc_settings_configured sagemaker_transform_job_volume_encrypted_with_cmk
    `),
  },
  {
    name: "AWS AI/ML security assessment",
    snapshot: "SM register, static part",
    ids: words(`
      SM-01 SM-02 SM-07 SM-11 SM-12 SM-13 SM-14 SM-15 SM-16 SM-17 SM-18 SM-19 SM-21 SM-23 SM-24 SM-26 SM-27
      SM-30 SM-34 SM-36
    `),
  },
];
