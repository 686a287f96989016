import * as pulumi from "@pulumi/pulumi";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as lambda from "@pulumi/aws/lambda";
import { sortedJson } from "./sorted-json";

export interface EventRouteArgs {
  /** Physical name, at most 64 characters. */
  readonly ruleName: string;
  readonly description: string;
  /** Which events of the account's own bus; or when. */
  readonly from: { readonly pattern: object } | { readonly schedule: string };
  /** A function's live version, which the rule is then permitted to invoke, or a topic whose policy permits it. */
  readonly to:
    | {
        readonly functionName: pulumi.Input<string>;
        readonly alias: pulumi.Input<string>;
        readonly aliasArn: pulumi.Input<string>;
      }
    | { readonly topicArn: pulumi.Input<string> };
  /** Part of the event that is passed on, such as `$.detail`. @default all of it */
  readonly inputPath?: string;
  /** Seconds after which an event is given up, 60 to 86400. */
  readonly maxAgeSeconds: number;
  /** Queue of events that could not be delivered. */
  readonly undeliveredArn: pulumi.Input<string>;
}

/** EventBridge tries again with growing pauses: as often as it gets to within the age. */
const RETRY_ATTEMPTS = 30;
const AGE = { min: 60, max: 86_400 };

/** Passes events of the account's own bus, or the time of day, on to one target; none is lost in silence. */
export class EventRoute extends pulumi.ComponentResource {
  /** @throws Error naming the argument that EventBridge would reject */
  constructor(name: string, args: EventRouteArgs, opts?: pulumi.ComponentResourceOptions) {
    super("smartretail:operations:EventRoute", name, args, opts);
    const { from, to, maxAgeSeconds } = args;
    if (!Number.isInteger(maxAgeSeconds) || maxAgeSeconds < AGE.min || maxAgeSeconds > AGE.max) {
      throw new Error(
        `${name}: maxAgeSeconds is ${maxAgeSeconds}; allowed: an integer from ${AGE.min} to ${AGE.max}`,
      );
    }
    const rule = new cloudwatch.EventRule(
      `${name}-rule`,
      {
        name: args.ruleName,
        description: args.description,
        ...("pattern" in from
          ? { eventPattern: sortedJson(from.pattern) }
          : { scheduleExpression: from.schedule }),
      },
      { parent: this },
    );
    const permission =
      "aliasArn" in to
        ? new lambda.Permission(
            `${name}-invocation`,
            {
              function: to.functionName,
              qualifier: to.alias,
              action: "lambda:InvokeFunction",
              principal: "events.amazonaws.com",
              sourceArn: rule.arn,
            },
            { parent: this },
          )
        : undefined;
    new cloudwatch.EventTarget(
      `${name}-target`,
      {
        rule: rule.name,
        arn: "aliasArn" in to ? to.aliasArn : to.topicArn,
        inputPath: args.inputPath,
        deadLetterConfig: { arn: args.undeliveredArn },
        retryPolicy: { maximumEventAgeInSeconds: maxAgeSeconds, maximumRetryAttempts: RETRY_ATTEMPTS },
      },
      { parent: this, dependsOn: permission === undefined ? [] : [permission] },
    );
    this.registerOutputs({});
  }
}
