/**
 * Two configurations for each type that holds data, in Terraform's words: as it stands and with every argument edited. What
 * the provider would replace it for is what it says about the way from one to the other.
 */
export interface Question {
  readonly terraformType: string;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
  /** What the provider has computed by the time of the edit. */
  readonly computed: Readonly<Record<string, unknown>>;
  /** Arguments that are not edited, with why. */
  readonly left: Readonly<Record<string, string>>;
}

const ACCOUNT = "123456789012";
const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const key = (digit: string) =>
  `arn:aws:kms:ap-northeast-1:${ACCOUNT}:key/${digit.repeat(8)}-1111-2222-3333-444444444444`;
const TAGS = { before: { Project: "one" }, after: { Project: "two" } };
const COMMON = { tags_all: "the provider fills it from tags", id: "it is the provider's" };
const INLINE = "deprecated: the program uses the resource of its own";

/** By the program's name of the type. */
export const QUESTIONS: Readonly<Record<string, Question>> = {
  "aws:s3/bucket:Bucket": {
    terraformType: "aws_s3_bucket",
    before: { bucket: "one", force_destroy: false, object_lock_enabled: false, tags: TAGS.before },
    after: { bucket: "two", force_destroy: true, object_lock_enabled: true, tags: TAGS.after },
    computed: { id: "one", arn: "arn:aws:s3:::one" },
    left: {
      ...COMMON,
      bucket_prefix: "excluded by bucket",
      timeouts: "no property of the bucket",
      ...Object.fromEntries(
        [
          "acceleration_status",
          "acl",
          "cors_rule",
          "grant",
          "lifecycle_rule",
          "logging",
          "object_lock_configuration",
          "policy",
          "replication_configuration",
          "request_payer",
          "server_side_encryption_configuration",
          "versioning",
          "website",
        ].map((name) => [name, INLINE]),
      ),
    },
  },
  "aws:sagemaker/domain:Domain": {
    terraformType: "aws_sagemaker_domain",
    before: {
      app_network_access_type: "VpcOnly",
      app_security_group_management: "Service",
      auth_mode: "SSO",
      domain_name: "one",
      kms_key_id: key("1"),
      subnet_ids: ["subnet-11111111"],
      tag_propagation: "DISABLED",
      tags: TAGS.before,
      vpc_id: "vpc-11111111",
      default_space_settings: [{ execution_role: role("one") }],
      default_user_settings: [{ execution_role: role("one") }],
      domain_settings: [{ execution_role_identity_config: "USER_PROFILE_NAME" }],
      retention_policy: [{ home_efs_file_system: "Retain" }],
    },
    after: {
      app_network_access_type: "PublicInternetOnly",
      app_security_group_management: "Customer",
      auth_mode: "IAM",
      domain_name: "two",
      kms_key_id: key("2"),
      subnet_ids: ["subnet-22222222"],
      tag_propagation: "ENABLED",
      tags: TAGS.after,
      vpc_id: "vpc-22222222",
      default_space_settings: [{ execution_role: role("two") }],
      default_user_settings: [{ execution_role: role("two") }],
      domain_settings: [{ execution_role_identity_config: "DISABLED" }],
      retention_policy: [{ home_efs_file_system: "Delete" }],
    },
    computed: { id: "d-1", arn: `arn:aws:sagemaker:ap-northeast-1:${ACCOUNT}:domain/d-1` },
    left: COMMON,
  },
  "aws:sagemaker/featureGroup:FeatureGroup": {
    terraformType: "aws_sagemaker_feature_group",
    before: {
      description: "one",
      event_time_feature_name: "time",
      feature_group_name: "one",
      record_identifier_feature_name: "store",
      role_arn: role("one"),
      tags: TAGS.before,
      feature_definition: [{ feature_name: "time", feature_type: "String" }],
      offline_store_config: [{ s3_storage_config: [{ s3_uri: "s3://one/" }] }],
      online_store_config: [
        {
          enable_online_store: true,
          security_config: [{ kms_key_id: key("1") }],
          storage_type: "Standard",
          ttl_duration: [{ unit: "Days", value: 1 }],
        },
      ],
      throughput_config: [{ throughput_mode: "OnDemand" }],
    },
    after: {
      description: "two",
      event_time_feature_name: "date",
      feature_group_name: "two",
      record_identifier_feature_name: "shop",
      role_arn: role("two"),
      tags: TAGS.after,
      feature_definition: [{ feature_name: "date", feature_type: "String" }],
      offline_store_config: [{ s3_storage_config: [{ s3_uri: "s3://two/" }] }],
      online_store_config: [
        {
          enable_online_store: false,
          security_config: [{ kms_key_id: key("2") }],
          storage_type: "InMemory",
          ttl_duration: [{ unit: "Days", value: 2 }],
        },
      ],
      throughput_config: [
        {
          throughput_mode: "Provisioned",
          provisioned_read_capacity_units: 1,
          provisioned_write_capacity_units: 1,
        },
      ],
    },
    computed: { id: "one", arn: `arn:aws:sagemaker:ap-northeast-1:${ACCOUNT}:feature-group/one` },
    left: COMMON,
  },
  "aws:kms/key:Key": {
    terraformType: "aws_kms_key",
    before: {
      bypass_policy_lockout_safety_check: false,
      customer_master_key_spec: "SYMMETRIC_DEFAULT",
      deletion_window_in_days: 30,
      description: "one",
      enable_key_rotation: true,
      is_enabled: true,
      key_usage: "ENCRYPT_DECRYPT",
      multi_region: false,
      policy: "{}",
      rotation_period_in_days: 365,
      tags: TAGS.before,
    },
    after: {
      bypass_policy_lockout_safety_check: true,
      customer_master_key_spec: "HMAC_256",
      deletion_window_in_days: 7,
      description: "two",
      enable_key_rotation: false,
      is_enabled: false,
      key_usage: "GENERATE_VERIFY_MAC",
      multi_region: true,
      policy: '{"Version":"2012-10-17"}',
      rotation_period_in_days: 180,
      tags: TAGS.after,
    },
    computed: { id: "1", key_id: "1", arn: key("1") },
    left: {
      ...COMMON,
      custom_key_store_id: "keys of a key store of one's own",
      xks_key_id: "keys of a key store of one's own",
      timeouts: "no property of the key",
    },
  },
  "aws:sagemaker/modelPackageGroup:ModelPackageGroup": {
    terraformType: "aws_sagemaker_model_package_group",
    before: { model_package_group_description: "one", model_package_group_name: "one", tags: TAGS.before },
    after: { model_package_group_description: "two", model_package_group_name: "two", tags: TAGS.after },
    computed: { id: "one", arn: `arn:aws:sagemaker:ap-northeast-1:${ACCOUNT}:model-package-group/one` },
    left: COMMON,
  },
  "aws:dynamodb/table:Table": {
    terraformType: "aws_dynamodb_table",
    before: {
      attribute: [
        { name: "category", type: "S" },
        { name: "revision", type: "N" },
      ],
      billing_mode: "PAY_PER_REQUEST",
      deletion_protection_enabled: true,
      hash_key: "category",
      name: "one",
      point_in_time_recovery: [{ enabled: true }],
      range_key: "revision",
      server_side_encryption: [{ enabled: true, kms_key_arn: key("1") }],
      stream_enabled: false,
      stream_view_type: "",
      table_class: "STANDARD",
      tags: TAGS.before,
      ttl: [{ attribute_name: "", enabled: false }],
    },
    after: {
      attribute: [
        { name: "region", type: "S" },
        { name: "version", type: "N" },
      ],
      billing_mode: "PROVISIONED",
      deletion_protection_enabled: false,
      hash_key: "region",
      name: "two",
      point_in_time_recovery: [{ enabled: false }],
      range_key: "version",
      read_capacity: 1,
      server_side_encryption: [{ enabled: true, kms_key_arn: key("2") }],
      stream_enabled: true,
      stream_view_type: "KEYS_ONLY",
      table_class: "STANDARD_INFREQUENT_ACCESS",
      tags: TAGS.after,
      ttl: [{ attribute_name: "until", enabled: true }],
      write_capacity: 1,
    },
    computed: { id: "one", arn: `arn:aws:dynamodb:ap-northeast-1:${ACCOUNT}:table/one` },
    left: {
      ...COMMON,
      timeouts: "no property of the table",
      ...Object.fromEntries(
        [
          "global_secondary_index",
          "import_table",
          "local_secondary_index",
          "on_demand_throughput",
          "read_capacity",
          "replica",
          "restore_date_time",
          "restore_source_name",
          "restore_source_table_arn",
          "restore_to_latest_time",
          "write_capacity",
        ].map((name) => [name, "the program's tables have none"]),
      ),
    },
  },
  "aws:ecr/repository:Repository": {
    terraformType: "aws_ecr_repository",
    before: {
      force_delete: false,
      image_tag_mutability: "IMMUTABLE",
      name: "one",
      tags: TAGS.before,
      encryption_configuration: [{ encryption_type: "KMS", kms_key: key("1") }],
      image_scanning_configuration: [{ scan_on_push: true }],
    },
    after: {
      force_delete: true,
      image_tag_mutability: "MUTABLE",
      name: "two",
      tags: TAGS.after,
      encryption_configuration: [{ encryption_type: "KMS", kms_key: key("2") }],
      image_scanning_configuration: [{ scan_on_push: false }],
    },
    computed: { id: "one", arn: `arn:aws:ecr:ap-northeast-1:${ACCOUNT}:repository/one` },
    left: { ...COMMON, timeouts: "no property of the repository" },
  },
};
