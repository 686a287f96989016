import { ACCOUNT, document, REGION, ref, TAGS, type Fixture } from "../../support/fixture";

const denyHttp = (action: string): object => ({
  Sid: "TlsOnly",
  Effect: "Deny",
  Principal: "*",
  Action: action,
  Resource: "*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});
const fromAlarms = (action: string): object => ({
  Sid: "Alarms",
  Effect: "Allow",
  Principal: { Service: "cloudwatch.amazonaws.com" },
  Action: action,
  Resource: "*",
  Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } },
});

const METRICS = ["ModelLatency", "Invocation5XXErrors"];

/** Functions, APIs, messages, logs and alarms that keep every rule. */
export const servingPlatform: readonly Fixture[] = [
  {
    type: "aws:lambda/function:Function",
    name: "router",
    properties: {
      name: "router",
      role: `arn:aws:iam::${ACCOUNT}:role/router`,
      runtime: "nodejs22.x",
      timeout: 10,
      reservedConcurrentExecutions: 50,
      vpcConfig: { subnetIds: [ref("subnet-a"), ref("subnet-b")], securityGroupIds: [ref("workload")] },
      deadLetterConfig: { targetArn: ref("failures", "arn") },
      environment: { variables: { ENDPOINT_NAME: "forecast" } },
      kmsKeyArn: ref("data-key", "arn"),
      tracingConfig: { mode: "Active" },
      loggingConfig: { logFormat: "JSON", applicationLogLevel: "INFO" },
      codeSigningConfigArn: "arn:aws:lambda:x:code-signing-config:1",
      layers: [`arn:aws:lambda:${REGION}:017000801446:layer:AWSLambdaPowertoolsTypeScriptV2:1`],
      tags: TAGS,
    },
  },
  {
    type: "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
    name: "router-invoke",
    properties: { functionName: ref("router", "name"), maximumRetryAttempts: 2 },
  },
  {
    type: "aws:lambda/eventSourceMapping:EventSourceMapping",
    name: "router-source",
    properties: { functionName: ref("router", "name"), eventSourceArn: ref("work", "arn") },
  },
  {
    type: "aws:lambda/functionUrl:FunctionUrl",
    name: "router-url",
    properties: { authorizationType: "AWS_IAM", cors: { allowOrigins: ["https://apps.example.jp"] } },
  },
  {
    type: "aws:lambda/permission:Permission",
    name: "router-permission",
    properties: {
      action: "lambda:InvokeFunction",
      function: ref("router"),
      principal: "events.amazonaws.com",
      sourceArn: ref("approved", "arn"),
    },
  },
  {
    type: "aws:apigateway/restApi:RestApi",
    name: "api",
    properties: {
      endpointConfiguration: { types: "PRIVATE" },
      body: JSON.stringify({
        openapi: "3.0.3",
        "x-amazon-apigateway-request-validator": "all",
        security: [{ sigv4: [] }],
        components: {
          securitySchemes: { sigv4: { type: "apiKey", "x-amazon-apigateway-authtype": "awsSigv4" } },
        },
        paths: { "/forecasts": { post: {}, options: { security: [] } } },
      }),
      policy: document({
        Sid: "Endpoint",
        Effect: "Allow",
        Principal: "*",
        Action: "execute-api:Invoke",
        Resource: "*",
        Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } },
      }),
      tags: TAGS,
    },
  },
  {
    type: "aws:apigateway/stage:Stage",
    name: "live",
    properties: {
      restApi: ref("api"),
      stageName: "live",
      accessLogSettings: {
        destinationArn: ref("pipeline-logs", "arn"),
        format: '{"requestId":"$context.requestId"}',
      },
      cacheClusterEnabled: true,
      cacheClusterSize: "0.5",
      xrayTracingEnabled: true,
      clientCertificateId: "certificate",
      variables: { ENDPOINT: "forecast" },
      tags: TAGS,
    },
  },
  {
    type: "aws:wafv2/webAclAssociation:WebAclAssociation",
    name: "firewall",
    properties: { resourceArn: ref("live", "arn") },
  },
  {
    type: "aws:apigateway/methodSettings:MethodSettings",
    name: "live-settings",
    properties: {
      restApi: ref("api"),
      stageName: ref("live", "stageName"),
      settings: {
        loggingLevel: "ERROR",
        dataTraceEnabled: false,
        throttlingRateLimit: 100,
        throttlingBurstLimit: 50,
        cachingEnabled: true,
        cacheDataEncrypted: true,
      },
    },
  },
  {
    type: "aws:apigateway/method:Method",
    name: "forecast-method",
    properties: { authorization: "AWS_IAM", httpMethod: "POST", requestValidatorId: "validator" },
  },
  {
    type: "aws:apigateway/integration:Integration",
    name: "forecast-integration",
    properties: { uri: "https://backend.example.jp" },
  },
  {
    type: "aws:apigateway/domainName:DomainName",
    name: "api-domain",
    properties: { securityPolicy: "TLS_1_2" },
  },
  {
    type: "aws:apigatewayv2/stage:Stage",
    name: "http-live",
    properties: {
      accessLogSettings: {
        destinationArn: ref("pipeline-logs", "arn"),
        format: '{"requestId":"$context.requestId"}',
      },
      defaultRouteSettings: { throttlingRateLimit: 100, throttlingBurstLimit: 50 },
      stageVariables: { ENDPOINT: "forecast" },
      tags: TAGS,
    },
  },
  { type: "aws:apigatewayv2/route:Route", name: "http-route", properties: { authorizationType: "AWS_IAM" } },
  {
    type: "aws:apigatewayv2/integration:Integration",
    name: "http-integration",
    properties: { integrationUri: "https://backend.example.jp" },
  },
  {
    type: "aws:apigatewayv2/domainName:DomainName",
    name: "http-domain",
    properties: { domainNameConfiguration: { securityPolicy: "TLS_1_2" } },
  },
  {
    type: "aws:sns/topic:Topic",
    name: "alerts",
    properties: { kmsMasterKeyId: ref("data-key", "arn"), tags: TAGS },
  },
  {
    type: "aws:sns/topicPolicy:TopicPolicy",
    name: "alerts-policy",
    properties: {
      arn: ref("alerts", "arn"),
      policy: document(denyHttp("sns:Publish"), fromAlarms("sns:Publish")),
    },
  },
  {
    type: "aws:sns/topicSubscription:TopicSubscription",
    name: "alerts-subscription",
    properties: {
      topic: ref("alerts", "arn"),
      protocol: "https",
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: "arn" }),
    },
  },
  ...["work", "failures"].map((name) => ({
    type: "aws:sqs/queue:Queue",
    name,
    properties: {
      kmsMasterKeyId: ref("data-key", "arn"),
      visibilityTimeoutSeconds: 120,
      ...(name === "work"
        ? { redrivePolicy: { deadLetterTargetArn: ref("failures", "arn"), maxReceiveCount: 3 } }
        : {}),
      tags: TAGS,
    },
  })),
  ...["work", "failures"].map((name) => ({
    type: "aws:sqs/queuePolicy:QueuePolicy",
    name: `${name}-policy`,
    properties: { queueUrl: ref(name), policy: document(denyHttp("sqs:*"), fromAlarms("sqs:SendMessage")) },
  })),
  {
    type: "aws:cloudwatch/logGroup:LogGroup",
    name: "pipeline-logs",
    properties: { kmsKeyId: ref("data-key", "arn"), retentionInDays: 365, tags: TAGS },
  },
  ...["champion", "challenger"].flatMap((variant) =>
    METRICS.map((metricName) => ({
      type: "aws:cloudwatch/metricAlarm:MetricAlarm",
      name: `${variant}-${metricName}`,
      properties: {
        name: `${variant}-${metricName}`,
        namespace: "AWS/SageMaker",
        metricName,
        dimensions: { EndpointName: "forecast", VariantName: variant },
        alarmActions: [ref("alerts", "arn")],
        treatMissingData: "notBreaching",
        tags: TAGS,
      },
    })),
  ),
  {
    type: "aws:cloudwatch/compositeAlarm:CompositeAlarm",
    name: "any-variant",
    properties: { alarmActions: [ref("alerts", "arn")], tags: TAGS },
  },
];
