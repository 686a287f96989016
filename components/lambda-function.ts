import * as pulumi from "@pulumi/pulumi";
import * as lambda from "@pulumi/aws/lambda";
import { encryptedLogGroup } from "./encrypted-log-group";
import { FunctionAlarms } from "./function-alarms";

/** Lambda: a function name has at most 64 characters. */
const FUNCTION_NAME_MAX = 64;
/** Version that callers use; provisioned concurrency is kept on it. */
export const LIVE_ALIAS = "live";

export interface LambdaFunctionArgs {
  /** Physical name, at most 64 characters. */
  readonly functionName: string;
  readonly description: string;
  readonly roleArn: pulumi.Input<string>;
  /** An archive with `index.js`, which exports `handler`. */
  readonly code: pulumi.asset.Archive;
  /** 128 to 10240. */
  readonly memoryMegabytes: number;
  /** 1 to 900. */
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  /** Key of the environment and the logs. */
  readonly kmsKeyArn: pulumi.Input<string>;
  readonly logRetentionDays: number;
  /** Most instances at a time, taken from the account's: what the function cannot take, others keep. */
  readonly reservedConcurrency: number;
  /** Instances that are kept warm and billed by the second. @default 0 */
  readonly provisionedConcurrency?: number;
  /** Where the function stands. @default outside any VPC */
  readonly network?: {
    readonly subnetIds: pulumi.Input<string[]>;
    readonly securityGroupIds: readonly pulumi.Input<string>[];
  };
  /** For a function that is called by events. @default none: callers wait for the answer */
  readonly events?: FunctionEvents;
  readonly alarmTopicArn: pulumi.Input<string>;
}

/** What becomes of an event that nobody waits for; Lambda itself sends it on, with the function's role. */
interface FunctionEvents {
  /** How often Lambda tries a failed event again, 0 to 2. */
  readonly retryAttempts: number;
  /** Seconds after which an event is given up, 60 to 21600. */
  readonly maxAgeSeconds: number;
  /** Queue or topic of events that failed for good. */
  readonly failureDestinationArn: pulumi.Input<string>;
  /** Bus, queue or topic of the function's answers. @default nowhere */
  readonly successDestinationArn?: pulumi.Input<string>;
}

/**
 * A Node.js function on Graviton, with its log group made before it writes, an alias for callers, and alarms.
 *
 * It is traced only outside a VPC: the daemon that sends traces uses the function's network, and there it would need an
 * endpoint of its own (docs/unproven.md).
 */
export class LambdaFunction extends pulumi.ComponentResource {
  public readonly function: lambda.Function;
  public readonly alias: lambda.Alias;

  /** @throws Error naming the argument that Lambda would reject */
  constructor(name: string, args: LambdaFunctionArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("smartretail:api:LambdaFunction", name, withoutCode(args), opts);
    validateArgs(name, args);
    const logGroup = encryptedLogGroup(
      `${name}-logs`,
      {
        logGroupName: `/aws/lambda/${args.functionName}`,
        retentionDays: args.logRetentionDays,
        kmsKeyArn: args.kmsKeyArn,
      },
      { parent: this },
    );
    this.function = new lambda.Function(`${name}-function`, functionArgs(args, logGroup.name), {
      parent: this,
      dependsOn: logGroup,
    });
    this.alias = new lambda.Alias(
      `${name}-live`,
      {
        name: LIVE_ALIAS,
        description: "The version that callers use",
        functionName: this.function.name,
        functionVersion: this.function.version,
      },
      { parent: this },
    );
    this.concurrencyAndEvents(name, args);
    new FunctionAlarms(
      `${name}-alarms`,
      { functionName: args.functionName, topicArn: args.alarmTopicArn },
      { parent: this },
    );
    this.registerOutputs({ aliasArn: this.alias.arn });
  }

  private concurrencyAndEvents(name: string, { provisionedConcurrency, events }: LambdaFunctionArgs): void {
    const version = { functionName: this.function.name, qualifier: this.alias.name };
    if (provisionedConcurrency) {
      new lambda.ProvisionedConcurrencyConfig(
        `${name}-warm`,
        { ...version, provisionedConcurrentExecutions: provisionedConcurrency },
        { parent: this },
      );
    }
    if (events !== undefined) {
      const { failureDestinationArn, successDestinationArn } = events;
      new lambda.FunctionEventInvokeConfig(
        `${name}-events`,
        {
          ...version,
          maximumRetryAttempts: events.retryAttempts,
          maximumEventAgeInSeconds: events.maxAgeSeconds,
          destinationConfig: {
            onFailure: { destination: failureDestinationArn },
            ...(successDestinationArn === undefined
              ? {}
              : { onSuccess: { destination: successDestinationArn } }),
          },
        },
        { parent: this },
      );
    }
  }
}

function functionArgs(args: LambdaFunctionArgs, logGroup: pulumi.Output<string>): lambda.FunctionArgs {
  const { network } = args;
  return {
    name: args.functionName,
    description: args.description,
    role: args.roleArn,
    runtime: "nodejs24.x",
    architectures: ["arm64"],
    handler: "index.handler",
    code: args.code,
    memorySize: args.memoryMegabytes,
    timeout: args.timeoutSeconds,
    environment: { variables: { ...args.environment } },
    kmsKeyArn: args.kmsKeyArn,
    reservedConcurrentExecutions: args.reservedConcurrency,
    // The alias names a version.
    publish: true,
    loggingConfig: {
      logFormat: "JSON",
      applicationLogLevel: "INFO",
      systemLogLevel: "WARN",
      logGroup,
    },
    tracingConfig: { mode: network === undefined ? "Active" : "PassThrough" },
    ...(network === undefined
      ? {}
      : { vpcConfig: { subnetIds: network.subnetIds, securityGroupIds: [...network.securityGroupIds] } }),
  };
}

/** Megabytes of code are no input of a component. */
function withoutCode(args: LambdaFunctionArgs): pulumi.Inputs {
  return { ...args, code: undefined };
}

function validateArgs(name: string, args: LambdaFunctionArgs): void {
  const {
    functionName,
    memoryMegabytes,
    timeoutSeconds,
    reservedConcurrency,
    provisionedConcurrency = 0,
    events,
  } = args;
  if (!/^[a-zA-Z0-9-_]+$/.test(functionName) || functionName.length > FUNCTION_NAME_MAX) {
    throw new Error(
      `${name}: functionName is "${functionName}"; allowed: 1 to ${FUNCTION_NAME_MAX} letters, digits, hyphens and underscores`,
    );
  }
  checkInteger(name, "memoryMegabytes", memoryMegabytes, 128, 10240);
  checkInteger(name, "timeoutSeconds", timeoutSeconds, 1, 900);
  checkInteger(name, "reservedConcurrency", reservedConcurrency, 1, 1000);
  checkInteger(name, "provisionedConcurrency", provisionedConcurrency, 0, reservedConcurrency);
  if (events === undefined) return;
  checkInteger(name, "events.retryAttempts", events.retryAttempts, 0, 2);
  checkInteger(name, "events.maxAgeSeconds", events.maxAgeSeconds, 60, 21_600);
}

function checkInteger(name: string, argument: string, value: number, minimum: number, maximum: number): void {
  if (!Number.isInteger(value) || value < minimum || value > maximum) {
    throw new Error(`${name}: ${argument} is ${value}; allowed: an integer from ${minimum} to ${maximum}`);
  }
}
