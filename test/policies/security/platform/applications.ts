import { ref, TAGS, type Fixture } from "../../support/fixture";

/** What other programs have and this platform has not: databases, machines, containers, a website, a warehouse. */
export const applications: readonly Fixture[] = [
  {
    type: "aws:rds/instance:Instance",
    name: "orders-database",
    properties: {
      engine: "postgres",
      publiclyAccessible: false,
      storageEncrypted: true,
      backupRetentionPeriod: 7,
    },
  },
  {
    type: "aws:rds/cluster:Cluster",
    name: "stock-cluster",
    properties: { engine: "aurora-postgresql", storageEncrypted: true, backupRetentionPeriod: 14 },
  },
  {
    type: "aws:rds/clusterInstance:ClusterInstance",
    name: "stock-writer",
    properties: { clusterIdentifier: ref("stock-cluster"), publiclyAccessible: false },
  },
  {
    type: "aws:lb/loadBalancer:LoadBalancer",
    name: "web",
    properties: { loadBalancerType: "application", accessLogs: { bucket: "web-logs", enabled: true } },
  },
  {
    type: "aws:lb/listener:Listener",
    name: "web-http",
    properties: {
      protocol: "HTTP",
      defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS", statusCode: "HTTP_301" } }],
    },
  },
  {
    type: "aws:lb/listener:Listener",
    name: "web-https",
    properties: {
      protocol: "HTTPS",
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      defaultActions: [{ type: "forward", targetGroupArn: "arn" }],
    },
  },
  {
    type: "aws:ecs/taskDefinition:TaskDefinition",
    name: "web-task",
    properties: {
      containerDefinitions: JSON.stringify([
        {
          name: "web",
          image: "nginx",
          environment: [{ name: "STAGE", value: "prod" }],
          secrets: [{ name: "DB_PASSWORD", valueFrom: "arn:aws:secretsmanager:::secret:x" }],
        },
      ]),
    },
  },
  {
    type: "aws:ecs/service:Service",
    name: "web-service",
    properties: { networkConfiguration: { subnets: ["subnet-1"], assignPublicIp: false } },
  },
  {
    type: "aws:ec2/instance:Instance",
    name: "bastion",
    properties: {
      ami: "ami-1",
      associatePublicIpAddress: false,
      metadataOptions: { httpTokens: "required" },
      rootBlockDevice: { encrypted: true },
      ebsBlockDevices: [{ deviceName: "/dev/sdb", encrypted: true }],
      userData: "#!/bin/sh\nPASSWORD=$(aws ssm get-parameter --name /db)\n",
    },
  },
  {
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    name: "workers",
    properties: {
      metadataOptions: { httpTokens: "required" },
      blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "true" } }],
      networkInterfaces: [{ associatePublicIpAddress: "false" }],
      userData: Buffer.from("#!/bin/sh\necho ready\n").toString("base64"),
    },
  },
  {
    type: "aws:ec2/launchConfiguration:LaunchConfiguration",
    name: "old-workers",
    properties: {
      associatePublicIpAddress: false,
      metadataOptions: { httpTokens: "required" },
      rootBlockDevice: { encrypted: true },
    },
  },
  { type: "aws:ebs/volume:Volume", name: "scratch", properties: { encrypted: true, size: 10 } },
  {
    type: "aws:redshift/cluster:Cluster",
    name: "warehouse",
    properties: { clusterIdentifier: "warehouse", publiclyAccessible: false, encrypted: "true" },
  },
  {
    type: "aws:redshift/logging:Logging",
    name: "warehouse-logging",
    properties: { clusterIdentifier: ref("warehouse", "clusterIdentifier"), bucketName: "logs" },
  },
  {
    type: "aws:cloudfront/distribution:Distribution",
    name: "site",
    properties: {
      defaultCacheBehavior: { viewerProtocolPolicy: "redirect-to-https" },
      orderedCacheBehaviors: [{ pathPattern: "/api/*", viewerProtocolPolicy: "https-only" }],
      viewerCertificate: { acmCertificateArn: "arn", minimumProtocolVersion: "TLSv1.2_2021" },
      loggingConfig: { bucket: "logs.s3.amazonaws.com" },
    },
  },
  {
    type: "aws:cloudwatch/logDeliverySource:LogDeliverySource",
    name: "other-delivery",
    properties: { resourceArn: "arn:aws:cloudfront::111122223333:distribution/OTHER" },
  },
  {
    type: "aws:athena/workgroup:Workgroup",
    name: "analysts",
    properties: {
      configuration: {
        enforceWorkgroupConfiguration: true,
        resultConfiguration: { encryptionConfiguration: { encryptionOption: "SSE_S3" } },
      },
      tags: TAGS,
    },
  },
  {
    type: "aws:athena/database:Database",
    name: "sales",
    properties: { name: "sales", encryptionConfiguration: { encryptionOption: "SSE_S3" } },
  },
];
