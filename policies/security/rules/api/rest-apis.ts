export const STAGE = "aws:apigateway/stage:Stage";
export const METHOD_SETTINGS = "aws:apigateway/methodSettings:MethodSettings";
export const METHOD = "aws:apigateway/method:Method";
export const REST_API = "aws:apigateway/restApi:RestApi";
export const DOMAIN_NAME = "aws:apigateway/domainName:DomainName";
export const HTTP_STAGE = "aws:apigatewayv2/stage:Stage";
export const HTTP_ROUTE = "aws:apigatewayv2/route:Route";
export const HTTP_DOMAIN_NAME = "aws:apigatewayv2/domainName:DomainName";
