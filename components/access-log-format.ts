/**
 * One JSON line for every request: who called what from where, what came of it and how long it took. No bodies, no query
 * strings, no headers. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
export const ACCESS_LOG_FORMAT = JSON.stringify({
  requestId: "$context.requestId",
  at: "$context.requestTime",
  caller: "$context.identity.userArn",
  sourceIp: "$context.identity.sourceIp",
  vpcEndpoint: "$context.identity.vpceId",
  method: "$context.httpMethod",
  path: "$context.resourcePath",
  status: "$context.status",
  error: "$context.error.responseType",
  integrationStatus: "$context.integration.status",
  latencyMilliseconds: "$context.responseLatency",
  integrationMilliseconds: "$context.integrationLatency",
  responseBytes: "$context.responseLength",
  waf: "$context.waf.status",
});
