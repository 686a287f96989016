import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";

/** A PostgreSQL database in a network, and a machine that talks to it. */
export function database(): void {
  const network = new awsx.ec2.Vpc("network", {
    numberOfAvailabilityZones: 2,
    natGateways: { strategy: "None" },
    subnetStrategy: "Auto",
    subnetSpecs: [
      { type: "Public", name: "web" },
      { type: "Isolated", name: "data" },
    ],
  });
  const group = new aws.ec2.SecurityGroup("database", {
    vpcId: network.vpcId,
    ingress: [{ protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlocks: ["0.0.0.0/0"] }],
  });
  const subnets = new aws.rds.SubnetGroup("database", { subnetIds: network.isolatedSubnetIds });
  new aws.rds.Instance("database", {
    engine: "postgres",
    engineVersion: "16.4",
    instanceClass: "db.t3.micro",
    allocatedStorage: 20,
    dbName: "shop",
    username: "app",
    password: "insecure-password",
    dbSubnetGroupName: subnets.name,
    vpcSecurityGroupIds: [group.id],
    publiclyAccessible: true,
    skipFinalSnapshot: true,
  });
  new aws.ec2.Instance("app", {
    ami: "ami-0c3fd0f5d33134a76",
    instanceType: "t2.micro",
    subnetId: network.publicSubnetIds.apply(([first = ""]) => first),
    associatePublicIpAddress: true,
    userData: "#!/bin/bash\nexport PGPASSWORD=insecure-password\nyum install -y postgresql\n",
  });
  new aws.ssm.Parameter("database-password", {
    name: "/shop/db/password",
    type: "String",
    value: "insecure-password",
  });
}
