import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A Lambda function behind an HTTP API, as the quick starts have it. */
export function httpApi(): void {
  const role = new aws.iam.Role("handler", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
  });
  new aws.iam.RolePolicyAttachment("handler", {
    role: role.name,
    policyArn: aws.iam.ManagedPolicy.AWSLambdaBasicExecutionRole,
  });
  const handler = new aws.lambda.Function("handler", {
    runtime: "nodejs18.x",
    handler: "index.handler",
    role: role.arn,
    code: new pulumi.asset.AssetArchive({
      "index.js": new pulumi.asset.StringAsset("exports.handler = async () => ({ statusCode: 200 });"),
    }),
  });
  const api = new aws.apigatewayv2.Api("api", { protocolType: "HTTP" });
  new aws.lambda.Permission("api", {
    action: "lambda:InvokeFunction",
    function: handler.name,
    principal: "apigateway.amazonaws.com",
    sourceArn: pulumi.interpolate`${api.executionArn}/*/*`,
  });
  const integration = new aws.apigatewayv2.Integration("handler", {
    apiId: api.id,
    integrationType: "AWS_PROXY",
    integrationUri: handler.arn,
    payloadFormatVersion: "2.0",
  });
  const route = new aws.apigatewayv2.Route("default", {
    apiId: api.id,
    routeKey: "$default",
    target: pulumi.interpolate`integrations/${integration.id}`,
  });
  new aws.apigatewayv2.Stage("live", { apiId: api.id, name: "live", autoDeploy: true }, { dependsOn: route });
}
