import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A DynamoDB table whose stream a function reads. */
export function tableStream(): void {
  const table = new aws.dynamodb.Table("orders", {
    attributes: [{ name: "id", type: "S" }],
    hashKey: "id",
    billingMode: "PAY_PER_REQUEST",
    streamEnabled: true,
    streamViewType: "NEW_AND_OLD_IMAGES",
  });
  const role = new aws.iam.Role("reader", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
  });
  new aws.iam.RolePolicy("reader", {
    role: role.id,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: ["dynamodb:*"], Resource: table.arn },
        { Effect: "Allow", Action: "*", Resource: "*" },
      ],
    }),
  });
  const reader = new aws.lambda.Function("reader", {
    runtime: "python3.13",
    handler: "reader.handle",
    role: role.arn,
    environment: { variables: { TABLE: table.name, API_KEY: "3f786850e387550fdab836ed7e6dc881" } },
    code: new pulumi.asset.AssetArchive({
      "reader.py": new pulumi.asset.StringAsset("def handle(event, context):\n  return None\n"),
    }),
  });
  new aws.lambda.EventSourceMapping("reader", {
    functionName: reader.arn,
    eventSourceArn: table.streamArn,
    startingPosition: "LATEST",
  });
}
