import { add, change, drop, put, unset, type RuleCases } from "../../support/breakage";
import { bare, T } from "./types";

const RDS = "aws:rds/instance:Instance";
const CLUSTER = "aws:rds/cluster:Cluster";
const CLUSTER_INSTANCE = "aws:rds/clusterInstance:ClusterInstance";
const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const LISTENER = "aws:lb/listener:Listener";
const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const SERVICE = "aws:ecs/service:Service";
const MACHINE = "aws:ec2/instance:Instance";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const CONFIGURATION = "aws:ec2/launchConfiguration:LaunchConfiguration";
const VOLUME = "aws:ebs/volume:Volume";
const WAREHOUSE = "aws:redshift/cluster:Cluster";
const WAREHOUSE_LOGGING = "aws:redshift/logging:Logging";
const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const WORKGROUP = "aws:athena/workgroup:Workgroup";
const DATABASE = "aws:athena/database:Database";
const VERSION = "metadataOptions.httpTokens";

/** The first container with one more variable. */
const variable = (name: string, value: string) =>
  change(
    TASK,
    "containerDefinitions",
    (old) => {
      const [first, ...others] = JSON.parse(String(old)) as { environment: object[] }[];
      return JSON.stringify([
        { ...first, environment: [...(first?.environment ?? []), { name, value }] },
        ...others,
      ]);
    },
    undefined,
    `containerDefinitions with ${name}`,
  );

export const applicationCases: RuleCases = {
  "rds-not-public": {
    breakages: [put(RDS, "publiclyAccessible", true), put(CLUSTER_INSTANCE, "publiclyAccessible", true)],
  },
  "rds-encrypted": {
    breakages: [
      put(RDS, "storageEncrypted", false),
      unset(RDS, "storageEncrypted"),
      unset(CLUSTER, "storageEncrypted"),
    ],
  },
  "rds-backups": {
    breakages: [
      put(RDS, "backupRetentionPeriod", 0),
      unset(RDS, "backupRetentionPeriod"),
      put(CLUSTER, "backupRetentionPeriod", 0),
    ],
  },
  "lb-https": {
    breakages: [
      put(LISTENER, "defaultActions", [{ type: "forward", targetGroupArn: "arn" }]),
      put(LISTENER, "defaultActions[0].redirect.protocol", "HTTP"),
      put(LISTENER, "sslPolicy", "ELBSecurityPolicy-2016-08", ({ name }) => name === "web-https"),
    ],
  },
  "lb-access-logs": {
    breakages: [unset(BALANCER, "accessLogs"), put(BALANCER, "accessLogs.enabled", false)],
  },
  "ecs-no-secrets": {
    breakages: [
      variable("DB_PASSWORD", "hunter2-hunter2"),
      variable("KEY", "AKIAIOSFODNN7EXAMPLE"),
      put(TASK, "containerDefinitions", "[{"),
    ],
  },
  "ecs-no-public-ip": { breakages: [put(SERVICE, "networkConfiguration.assignPublicIp", true)] },
  "ec2-volumes-encrypted": {
    breakages: [
      unset(MACHINE, "rootBlockDevice"),
      put(MACHINE, "ebsBlockDevices[0].encrypted", false),
      unset(TEMPLATE, "blockDeviceMappings[0].ebs.encrypted"),
      unset(CONFIGURATION, "rootBlockDevice"),
      unset(VOLUME, "encrypted"),
    ],
  },
  "ec2-no-public-ip": {
    breakages: [
      put(MACHINE, "associatePublicIpAddress", true),
      put(TEMPLATE, "networkInterfaces[0].associatePublicIpAddress", "true"),
      put(CONFIGURATION, "associatePublicIpAddress", true),
    ],
  },
  "ec2-imdsv2": {
    breakages: [put(MACHINE, VERSION, "optional"), unset(TEMPLATE, VERSION), unset(CONFIGURATION, VERSION)],
  },
  "ec2-no-secrets": {
    breakages: [
      put(MACHINE, "userData", "#!/bin/sh\nexport AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\n"),
      put(TEMPLATE, "userData", Buffer.from("DB_PASSWORD=hunter2-hunter2\n").toString("base64")),
      put(CONFIGURATION, "userData", "DB_PASSWORD=hunter2-hunter2"),
    ],
  },
  "redshift-not-public": { breakages: [put(WAREHOUSE, "publiclyAccessible", true)] },
  "redshift-encrypted": { breakages: [put(WAREHOUSE, "encrypted", "false")] },
  "redshift-logging": { breakages: [drop(WAREHOUSE_LOGGING)] },
  "cloudfront-https": {
    breakages: [
      put(DISTRIBUTION, "defaultCacheBehavior.viewerProtocolPolicy", "allow-all"),
      put(DISTRIBUTION, "orderedCacheBehaviors[0].viewerProtocolPolicy", "allow-all"),
      put(DISTRIBUTION, "viewerCertificate.minimumProtocolVersion", "TLSv1.1_2016"),
      unset(DISTRIBUTION, "viewerCertificate.minimumProtocolVersion"),
    ],
  },
  "cloudfront-logging": { breakages: [unset(DISTRIBUTION, "loggingConfig")] },
  "athena-encrypted": {
    breakages: [
      unset(WORKGROUP, "configuration.resultConfiguration.encryptionConfiguration"),
      put(WORKGROUP, "configuration.enforceWorkgroupConfiguration", false),
      unset(DATABASE, "encryptionConfiguration"),
    ],
  },
  "ssm-secure-string": {
    breakages: [
      add(bare(T.parameter, { name: "/app/db/password", type: "String", value: "hunter2-hunter2" })),
      add(bare(T.parameter, { name: "/app/settings", type: "StringList", value: "a,AKIAIOSFODNN7EXAMPLE" })),
    ],
  },
};
