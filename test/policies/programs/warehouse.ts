import * as aws from "@pulumi/aws";

/** A Redshift cluster that loads events out of a bucket. */
export function warehouse(): void {
  new aws.s3.Bucket("events", { forceDestroy: true });
  const role = new aws.iam.Role("redshift", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "redshift.amazonaws.com" }),
  });
  new aws.iam.RolePolicyAttachment("redshift", {
    role: role.name,
    policyArn: aws.iam.ManagedPolicy.AmazonS3FullAccess,
  });
  const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
  const subnets = ["a", "b"].map(
    (zone, i) =>
      new aws.ec2.Subnet(zone, {
        vpcId: vpc.id,
        cidrBlock: `10.0.${i}.0/24`,
        availabilityZone: `ap-northeast-1${zone === "b" ? "c" : zone}`,
      }),
  );
  const group = new aws.redshift.SubnetGroup("warehouse", { subnetIds: subnets.map(({ id }) => id) });
  new aws.redshift.Cluster("warehouse", {
    clusterIdentifier: "warehouse",
    databaseName: "events",
    masterUsername: "admin",
    masterPassword: "Changeme1",
    nodeType: "ra3.xlplus",
    clusterType: "single-node",
    clusterSubnetGroupName: group.name,
    iamRoles: [role.arn],
    publiclyAccessible: true,
    skipFinalSnapshot: true,
  });
  new aws.athena.Workgroup("analysts", {
    configuration: { resultConfiguration: { outputLocation: "s3://query-results/analysts/" } },
  });
}
