import { add, drop, put, statement, unset, inDocument, type RuleCases } from "../../support/breakage";
import { ACCOUNT } from "../../support/fixture";
import { bare, T } from "./types";
import { isSource, onAwsMetric, onVariant } from "./which";

const everyone = (Action: string): object => ({
  Sid: "All",
  Effect: "Allow",
  Principal: "*",
  Action,
  Resource: "*",
});
const stranger = (Action: string): object => ({
  Sid: "Other",
  Effect: "Allow",
  Principal: { AWS: "999999999999" },
  Action,
  Resource: "*",
});
const trusted = { trustedAccounts: [ACCOUNT] };
const plainHttp = (type: string): ReturnType<typeof put> =>
  inDocument(type, "policy", "plain HTTP", (root) => {
    root.Statement = root.Statement.filter((s) => !JSON.stringify(s).includes("SecureTransport"));
  });

export const servingCases: RuleCases = {
  "lambda-in-vpc": { breakages: [unset(T.fn, "vpcConfig"), put(T.fn, "vpcConfig.subnetIds", ["subnet-1"])] },
  "lambda-failure-destination": {
    breakages: [unset(T.fn, "deadLetterConfig"), put(T.queue, "visibilityTimeoutSeconds", 5, isSource)],
  },
  "lambda-concurrency-set": { breakages: [unset(T.fn, "reservedConcurrentExecutions")] },
  "lambda-env-cmk": { breakages: [unset(T.fn, "kmsKeyArn")] },
  "lambda-no-secrets": {
    breakages: [
      put(T.fn, "environment.variables", { API_KEY: "a1b2c3d4e5f6" }),
      put(T.fn, "environment.variables", { KEY: "AKIAIOSFODNN7EXAMPLE" }),
    ],
  },
  "lambda-runtime-supported": { breakages: [put(T.fn, "runtime", "nodejs18.x")] },
  "lambda-tracing": {
    breakages: [put(T.fn, "tracingConfig.mode", "PassThrough"), unset(T.fn, "tracingConfig")],
  },
  "lambda-json-logs": {
    breakages: [
      put(T.fn, "loggingConfig.logFormat", "Text"),
      put(T.fn, "loggingConfig.applicationLogLevel", "DEBUG"),
    ],
  },
  "lambda-code-signing": { breakages: [unset(T.fn, "codeSigningConfigArn")] },
  "lambda-url-auth": {
    breakages: [put(T.url, "authorizationType", "NONE"), put(T.url, "cors", { allowOrigins: ["*"] })],
  },
  "lambda-permission-scoped": {
    breakages: [
      unset(T.permission, "sourceArn"),
      put(T.permission, "principal", "*"),
      put(T.permission, "action", "lambda:*"),
      add(
        bare(T.permission, {
          action: "lambda:InvokeFunction",
          principal: "s3.amazonaws.com",
          sourceArn: "arn:aws:s3:::b",
        }),
      ),
    ],
  },
  "lambda-own-role": {
    breakages: [sameRole(), put(T.fn, "layers", ["arn:aws:lambda:ap-northeast-1:999999999999:layer:tool:1"])],
  },
  "api-access-logs": {
    breakages: [
      unset(T.stage, "accessLogSettings"),
      put(T.stage, "accessLogSettings.format", "$context.requestId"),
      unset(T.httpStage, "accessLogSettings"),
    ],
  },
  "api-execution-logs": {
    breakages: [
      drop(T.methodSettings),
      put(T.methodSettings, "settings.loggingLevel", "OFF"),
      put(T.methodSettings, "settings.dataTraceEnabled", true),
    ],
  },
  "api-auth": {
    breakages: [
      put(T.method, "authorization", "NONE"),
      put(T.httpRoute, "authorizationType", "NONE"),
      unset(T.httpRoute, "authorizationType"),
      put(T.api, "body", openApi({ security: undefined })),
      put(T.api, "body", openApi({ security: [] })),
      put(T.api, "body", openApi({ security: [{ key: [] }] })),
      // One of several is enough for a caller.
      put(T.api, "body", openApi({ security: [{ sigv4: [] }, { key: [] }] })),
      put(T.api, "body", "openapi: 3.0.3"),
    ],
  },
  "api-request-validation": {
    breakages: [
      unset(T.method, "requestValidatorId"),
      put(T.api, "body", openApi({ "x-amazon-apigateway-request-validator": undefined })),
    ],
  },
  "api-waf": { breakages: [bothApi()] },
  "api-endpoint-type": {
    breakages: [
      put(T.api, "endpointConfiguration.types", "EDGE"),
      unset(T.api, "policy"),
      unset(T.api, "endpointConfiguration"),
    ],
  },
  "api-tls": {
    breakages: [
      put(T.apiDomain, "securityPolicy", "TLS_1_0"),
      put(T.httpDomain, "domainNameConfiguration.securityPolicy", "TLS_1_0"),
    ],
  },
  "api-throttled": {
    breakages: [
      unset(T.methodSettings, "settings.throttlingRateLimit"),
      unset(T.httpStage, "defaultRouteSettings"),
    ],
  },
  "api-xray": {
    breakages: [put(T.stage, "xrayTracingEnabled", false), unset(T.stage, "xrayTracingEnabled")],
  },
  "api-cache-encrypted": {
    options: { required: true },
    breakages: [
      put(T.methodSettings, "settings.cacheDataEncrypted", false),
      put(T.methodSettings, "settings.cachingEnabled", false),
      unset(T.stage, "cacheClusterEnabled"),
    ],
  },
  "api-client-cert": { breakages: [unset(T.stage, "clientCertificateId")] },
  "api-stage-no-secrets": {
    breakages: [
      put(T.stage, "variables", { API_TOKEN: "a1b2c3d4" }),
      put(T.httpStage, "stageVariables", { DB_PASSWORD: "hunter2hunter2" }),
    ],
  },
  "api-integration-https": {
    breakages: [
      put(T.integration, "uri", "http://backend.example.jp"),
      put(T.httpIntegration, "integrationUri", "http://backend.example.jp"),
    ],
  },
  "sns-cmk": {
    breakages: [unset(T.topic, "kmsMasterKeyId"), put(T.topic, "kmsMasterKeyId", "alias/aws/sns")],
  },
  "sns-closed": {
    options: trusted,
    breakages: [
      statement(T.topicPolicy, "policy", everyone("sns:Publish")),
      statement(T.topicPolicy, "policy", stranger("sns:Subscribe")),
    ],
  },
  "sns-tls": { breakages: [drop(T.topicPolicy), plainHttp(T.topicPolicy)] },
  "sns-https-subscriptions": { breakages: [put(T.subscription, "protocol", "http")] },
  "sns-redrive": { breakages: [add(bare(T.subscription, { protocol: "sqs", topic: "t" }))] },
  "sqs-cmk": {
    breakages: [unset(T.queue, "kmsMasterKeyId"), put(T.queue, "kmsMasterKeyId", "alias/aws/sqs")],
  },
  "sqs-closed": {
    options: trusted,
    breakages: [
      statement(T.queuePolicy, "policy", everyone("sqs:SendMessage")),
      statement(T.queuePolicy, "policy", stranger("sqs:SendMessage")),
      statement(T.queuePolicy, "policy", {
        Sid: "Service",
        Effect: "Allow",
        Principal: { Service: "sns.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: "*",
      }),
      statement(T.queuePolicy, "policy", {
        Sid: "Wide",
        Effect: "Allow",
        Principal: { AWS: ACCOUNT },
        Action: "sqs:*",
        Resource: "*",
      }),
    ],
  },
  "sqs-tls": { breakages: [drop(T.queuePolicy), plainHttp(T.queuePolicy)] },
  "sqs-dlq": {
    with: [T.fn, T.scheduler, T.eventTarget],
    breakages: [add(bare(T.queue, { kmsMasterKeyId: "k" }))],
  },
  "logs-cmk": { breakages: [unset(T.logGroup, "kmsKeyId")] },
  "logs-retention-window": {
    breakages: [put(T.logGroup, "retentionInDays", 1), unset(T.logGroup, "retentionInDays")],
  },
  "alarm-actions": {
    breakages: [
      put(T.alarm, "alarmActions", []),
      put(T.alarm, "actionsEnabled", false),
      unset(T.compositeAlarm, "alarmActions"),
    ],
  },
  "alarm-missing-data": { breakages: [unset(T.alarm, "treatMissingData")] },
  "alarm-dimensions": {
    breakages: [
      unset(T.alarm, "dimensions", onAwsMetric),
      put(T.alarm, "dimensions", {}, onAwsMetric),
      add(
        bare(T.alarm, {
          alarmActions: ["t"],
          treatMissingData: "missing",
          metricQueries: [{ id: "m", metric: { namespace: "AWS/Lambda", metricName: "Errors" } }],
        }),
      ),
    ],
  },
  "endpoint-alarms-exist": {
    with: [T.config],
    breakages: [put(T.alarm, "metricName", "Invocations", onVariant), drop(T.alarm, onVariant)],
  },
};

/** A second function with the role of the first. */
function sameRole(): ReturnType<typeof add> {
  return {
    ...add(bare(T.fn)),
    what: "a second Function with the same role",
    apply: (resources) => {
      const role = resources.find(({ type }) => type === T.fn)?.outputs.role;
      return role === undefined ? undefined : add(bare(T.fn, { role })).apply(resources);
    },
  };
}

/** A public API whose stage has no firewall. */
function bothApi(): ReturnType<typeof put> {
  const edge = put(T.api, "endpointConfiguration.types", "REGIONAL");
  return {
    ...drop(T.firewall),
    what: "a public stage without a firewall",
    apply: (resources) => {
      const open = edge.apply(resources);
      return open && drop(T.firewall).apply(open.resources);
    },
  };
}

/** A document with one operation, which API Gateway checks unless `changes` says otherwise. */
function openApi(changes: object): string {
  return JSON.stringify({
    openapi: "3.0.3",
    components: {
      securitySchemes: {
        sigv4: { type: "apiKey", "x-amazon-apigateway-authtype": "awsSigv4" },
        key: { type: "apiKey", name: "x-api-key", in: "header" },
      },
    },
    paths: {
      "/forecasts": {
        options: {},
        post: { security: [{ sigv4: [] }], "x-amazon-apigateway-request-validator": "all", ...changes },
      },
    },
  });
}
