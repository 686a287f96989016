import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Two functions one after the other in a state machine that a schedule starts. */
export function stepFunctions(): void {
  const lambdaRole = new aws.iam.Role("lambda", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
  });
  new aws.iam.RolePolicy("lambda", {
    role: lambdaRole.id,
    policy: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: "arn:aws:logs:*:*:*",
        },
      ],
    },
  });
  const [hello, world] = ["hello", "world"].map(
    (name) =>
      new aws.lambda.Function(name, {
        runtime: "nodejs22.x",
        handler: "index.handler",
        role: lambdaRole.arn,
        timeout: 10,
        code: new pulumi.asset.AssetArchive({
          "index.js": new pulumi.asset.StringAsset("exports.handler = async (event) => event;"),
        }),
      }),
  ) as [aws.lambda.Function, aws.lambda.Function];
  const machine = new aws.sfn.StateMachine("machine", {
    roleArn: machineRole().arn,
    definition: pulumi.jsonStringify({
      StartAt: "Hello",
      States: {
        Hello: { Type: "Task", Resource: hello.arn, Next: "World" },
        World: { Type: "Task", Resource: world.arn, End: true },
      },
    }),
  });
  schedule(machine);
}

function machineRole(): aws.iam.Role {
  const role = new aws.iam.Role("machine", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "states.amazonaws.com" }),
  });
  new aws.iam.RolePolicy("machine", {
    role: role.id,
    policy: {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["lambda:InvokeFunction"], Resource: "*" }],
    },
  });
  return role;
}

function schedule(machine: aws.sfn.StateMachine): void {
  const role = new aws.iam.Role("schedule", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "events.amazonaws.com" }),
  });
  new aws.iam.RolePolicy("schedule", {
    role: role.id,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "states:StartExecution", Resource: machine.arn }],
    }),
  });
  const rule = new aws.cloudwatch.EventRule("nightly", { scheduleExpression: "cron(0 2 * * ? *)" });
  new aws.cloudwatch.EventTarget("nightly", { rule: rule.name, arn: machine.arn, roleArn: role.arn });
}
