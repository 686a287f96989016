import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import * as apigateway from "@pulumi/aws/apigateway";
import * as lambda from "@pulumi/aws/lambda";
import * as wafv2 from "@pulumi/aws/wafv2";
import { ACCESS_LOG_FORMAT } from "./access-log-format";
import { ApiAlarms } from "./api-alarms";
import { encryptedLogGroup } from "./encrypted-log-group";
import { sortedJson } from "./sorted-json";

/** A function behind the API, by the alias that callers use. */
interface ApiBackend {
  readonly functionName: pulumi.Input<string>;
  readonly alias: pulumi.Input<string>;
}

export interface RestApiArgs {
  /** Physical name; also the dimension of its metrics. */
  readonly apiName: string;
  readonly description: string;
  /** OpenAPI document with integrations, as API Gateway imports it. */
  readonly document: object;
  /** Who may call, and from where: a policy document, as text. */
  readonly policy: pulumi.Input<string>;
  /** `private`: through the network's endpoint only. `regional`: a public address, behind the firewall. */
  readonly access: "private" | "regional";
  /** First part of every path. */
  readonly stageName: string;
  readonly region: string;
  readonly accountId: string;
  readonly backends: Readonly<Record<string, ApiBackend>>;
  readonly requestsPerSecond: number;
  /** Requests above the rate that are taken at once. */
  readonly burst: number;
  /** Quota of one app by the usage plan. */
  readonly requestsPerDay: number;
  readonly accessLogGroupName: string;
  readonly logRetentionDays: number;
  readonly kmsKeyArn: pulumi.Input<string>;
  /** Web ACL in front of a regional API. */
  readonly webAclArn?: pulumi.Input<string>;
  /** Latency at the 99th percentile above which an alarm goes off. */
  readonly latencyP99Milliseconds: number;
  readonly alarmTopicArn: pulumi.Input<string>;
}

/** What a stage needs before it: that API Gateway may write logs is a setting of the whole account. */
export type RestApiOptions = Omit<pulumi.ComponentResourceOptions, "dependsOn"> & {
  readonly dependsOn?: pulumi.Resource[];
};

/**
 * A REST API from an OpenAPI document, with one stage: signed requests, checked and limited at the door, logged without
 * bodies, traced, and watched.
 *
 * Another document is another deployment of the same stage; the address stays.
 */
export class RestApi extends pulumi.ComponentResource {
  public readonly id: pulumi.Output<string>;
  /** Address with the stage, without a slash at the end. */
  public readonly url: pulumi.Output<string>;

  /** @throws Error for a regional API without a firewall: its address is everybody's */
  constructor(name: string, args: RestApiArgs, opts: RestApiOptions = {}) {
    super("smartretail:api:RestApi", name, { ...args, document: undefined }, opts);
    validateArgs(name, args);
    const body = sortedJson(args.document);
    const api = new apigateway.RestApi(
      `${name}-api`,
      {
        name: args.apiName,
        description: args.description,
        body,
        policy: args.policy,
        endpointConfiguration: { types: args.access === "private" ? "PRIVATE" : "REGIONAL" },
        // Bodies below it are not worth the time.
        minimumCompressionSize: "1024",
      },
      { parent: this },
    );
    this.permissions(name, api, args);
    const stage = this.stage(name, api, body, args, opts.dependsOn ?? []);
    this.limits(name, api, stage, args);
    new ApiAlarms(
      `${name}-alarms`,
      {
        apiName: args.apiName,
        stageName: args.stageName,
        latencyP99Milliseconds: args.latencyP99Milliseconds,
        topicArn: args.alarmTopicArn,
      },
      { parent: this },
    );
    this.id = api.id;
    this.url = pulumi.interpolate`https://${api.id}.execute-api.${args.region}.amazonaws.com/${args.stageName}`;
    this.registerOutputs({ url: this.url });
  }

  /** Any operation of this API may invoke its function, nothing else in API Gateway. */
  private permissions(
    name: string,
    api: apigateway.RestApi,
    { region, accountId, backends, stageName }: RestApiArgs,
  ): void {
    for (const [key, { functionName, alias }] of Object.entries(backends)) {
      new lambda.Permission(
        `${name}-invoke-${key}`,
        {
          action: "lambda:InvokeFunction",
          function: functionName,
          qualifier: alias,
          principal: "apigateway.amazonaws.com",
          sourceArn: pulumi.interpolate`arn:aws:execute-api:${region}:${accountId}:${api.id}/${stageName}/*`,
        },
        { parent: this },
      );
    }
  }

  private stage(
    name: string,
    api: apigateway.RestApi,
    body: string,
    args: RestApiArgs,
    dependsOn: readonly pulumi.Resource[],
  ): apigateway.Stage {
    const log = { retentionDays: args.logRetentionDays, kmsKeyArn: args.kmsKeyArn };
    const accessLog = encryptedLogGroup(
      `${name}-access-logs`,
      { ...log, logGroupName: args.accessLogGroupName },
      { parent: this },
    );
    // API Gateway would make it itself: without a key, and for ever.
    const executionLog = encryptedLogGroup(
      `${name}-execution-logs`,
      { ...log, logGroupName: pulumi.interpolate`API-Gateway-Execution-Logs_${api.id}/${args.stageName}` },
      { parent: this },
    );
    const deployment = new apigateway.Deployment(
      `${name}-deployment`,
      {
        restApi: api.id,
        description: "Made anew when the document or the policy changes",
        triggers: {
          document: createHash("sha256").update(body).digest("hex"),
          policy: pulumi.output(args.policy).apply((text) => createHash("sha256").update(text).digest("hex")),
        },
      },
      { parent: this },
    );
    return new apigateway.Stage(
      `${name}-stage`,
      {
        restApi: api.id,
        stageName: args.stageName,
        deployment: deployment.id,
        accessLogSettings: { destinationArn: accessLog.arn, format: ACCESS_LOG_FORMAT },
        xrayTracingEnabled: true,
      },
      { parent: this, dependsOn: [executionLog, ...dependsOn] },
    );
  }

  private limits(name: string, api: apigateway.RestApi, stage: apigateway.Stage, args: RestApiArgs): void {
    const { requestsPerSecond, burst, requestsPerDay, webAclArn } = args;
    new apigateway.MethodSettings(
      `${name}-settings`,
      {
        restApi: api.id,
        stageName: stage.stageName,
        methodPath: "*/*",
        settings: {
          // Errors of the gateway itself; with data trace it would repeat every request.
          loggingLevel: "ERROR",
          dataTraceEnabled: false,
          metricsEnabled: true,
          throttlingRateLimit: requestsPerSecond,
          throttlingBurstLimit: burst,
        },
      },
      { parent: this },
    );
    new apigateway.UsagePlan(
      `${name}-plan`,
      {
        name: args.apiName,
        description: "For apps that send a key: what one of them may take a day",
        apiStages: [{ apiId: api.id, stage: stage.stageName }],
        quotaSettings: { limit: requestsPerDay, period: "DAY" },
        throttleSettings: { rateLimit: requestsPerSecond, burstLimit: burst },
      },
      { parent: this },
    );
    if (webAclArn !== undefined) {
      new wafv2.WebAclAssociation(
        `${name}-firewall`,
        { resourceArn: stage.arn, webAclArn },
        { parent: this },
      );
    }
  }
}

function validateArgs(
  name: string,
  { access, webAclArn, requestsPerSecond, burst, stageName }: RestApiArgs,
): void {
  if (access === "regional" && webAclArn === undefined) {
    throw new Error(
      `${name}: access is "regional" and webAclArn is not set; allowed: a web ACL, or "private"`,
    );
  }
  if (access === "private" && webAclArn !== undefined) {
    throw new Error(
      `${name}: access is "private" and webAclArn is set; allowed: none, only the network reaches it`,
    );
  }
  for (const [argument, value] of Object.entries({ requestsPerSecond, burst })) {
    if (!Number.isInteger(value) || value < 1)
      throw new Error(`${name}: ${argument} is ${value}; allowed: an integer from 1`);
  }
  if (!/^\w{1,128}$/.test(stageName)) {
    throw new Error(
      `${name}: stageName is "${stageName}"; allowed: 1 to 128 letters, digits and underscores`,
    );
  }
}
