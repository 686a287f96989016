import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A container on Fargate behind an application load balancer, in the default network, with a repository. */
export function fargate(): void {
  const group = new aws.ec2.SecurityGroup("web", {
    vpcId: "vpc-1",
    ingress: [{ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"] }],
    egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
  });
  const balancer = new aws.lb.LoadBalancer("web", {
    securityGroups: [group.id],
    subnets: ["subnet-1", "subnet-2"],
  });
  const target = new aws.lb.TargetGroup("web", {
    port: 80,
    protocol: "HTTP",
    targetType: "ip",
    vpcId: "vpc-1",
  });
  const listener = new aws.lb.Listener("web", {
    loadBalancerArn: balancer.arn,
    port: 80,
    protocol: "HTTP",
    defaultActions: [{ type: "forward", targetGroupArn: target.arn }],
  });
  const repository = new aws.ecr.Repository("web", { forceDelete: true });
  const task = taskDefinition(repository);
  new aws.ecs.Service(
    "web",
    {
      cluster: new aws.ecs.Cluster("web").arn,
      desiredCount: 3,
      launchType: "FARGATE",
      taskDefinition: task.arn,
      networkConfiguration: {
        assignPublicIp: true,
        subnets: ["subnet-1", "subnet-2"],
        securityGroups: [group.id],
      },
      loadBalancers: [{ targetGroupArn: target.arn, containerName: "web", containerPort: 80 }],
    },
    { dependsOn: listener },
  );
}

function taskDefinition(repository: aws.ecr.Repository): aws.ecs.TaskDefinition {
  const role = new aws.iam.Role("task-execution", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ecs-tasks.amazonaws.com" }),
  });
  new aws.iam.RolePolicyAttachment("task-execution", {
    role: role.name,
    policyArn: aws.iam.ManagedPolicy.AmazonECSTaskExecutionRolePolicy,
  });
  new aws.cloudwatch.LogGroup("web");
  return new aws.ecs.TaskDefinition("web", {
    family: "web",
    cpu: "256",
    memory: "512",
    networkMode: "awsvpc",
    requiresCompatibilities: ["FARGATE"],
    executionRoleArn: role.arn,
    containerDefinitions: pulumi.jsonStringify([
      {
        name: "web",
        image: pulumi.interpolate`${repository.repositoryUrl}:latest`,
        portMappings: [{ containerPort: 80 }],
        environment: [
          { name: "STAGE", value: "demo" },
          { name: "DB_PASSWORD", value: "changeme-please" },
        ],
      },
    ]),
  });
}
