import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";

/** An EKS cluster with a managed node group, in a network of its own. */
export function kubernetes(): void {
  const network = new awsx.ec2.Vpc("network", {
    natGateways: { strategy: "Single" },
    numberOfAvailabilityZones: 2,
    subnetStrategy: "Auto",
  });
  const cluster = new aws.eks.Cluster("cluster", {
    roleArn: role("cluster", "eks.amazonaws.com", ["arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"]).arn,
    vpcConfig: {
      subnetIds: network.privateSubnetIds,
      endpointPublicAccess: true,
      publicAccessCidrs: ["0.0.0.0/0"],
    },
  });
  const template = new aws.ec2.LaunchTemplate("nodes", {
    blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 20, volumeType: "gp3" } }],
  });
  new aws.eks.NodeGroup("nodes", {
    clusterName: cluster.name,
    nodeRoleArn: role("nodes", "ec2.amazonaws.com", [
      "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
      "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy",
      "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly",
    ]).arn,
    subnetIds: network.privateSubnetIds,
    instanceTypes: ["t3.medium"],
    launchTemplate: { id: template.id, version: "$Latest" },
    scalingConfig: { desiredSize: 2, minSize: 1, maxSize: 3 },
  });
}

function role(name: string, service: string, policies: readonly string[]): aws.iam.Role {
  const made = new aws.iam.Role(name, {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: service }),
  });
  policies.forEach(
    (policyArn, i) => new aws.iam.RolePolicyAttachment(`${name}-${i}`, { role: made.name, policyArn }),
  );
  return made;
}
