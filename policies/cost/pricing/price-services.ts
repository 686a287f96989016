import { charge, notKnownYet, unpriced, type Billed, type Charge } from "./charge";
import { inputAt, listAt, numberAt, textAt, NOT_KNOWN_YET, type PlannedResource } from "./planned-resource";
import { HOURS_PER_MONTH } from "./price-table";
import type { Pricer, Pricers, PricingContext } from "./pricer";
import { exactly, plus, times, type Range } from "./range";
import { usageFor, type Usage } from "./usage";

const MEGABYTES_PER_GIGABYTE = 1024;
const SECONDS_PER_HOUR = 3600;
/** What Lambda gives a function that names no memory size. */
const LAMBDA_DEFAULT_MEGABYTES = 128;

/** Assumptions that are one range for every resource. */
type PlainAssumption = {
  [Key in keyof Usage]: Usage[Key] extends Range ? Key : never;
}[keyof Usage];

/** A pricer of one line whose quantity is fixed or one of the usage assumptions. */
function single(what: string, priceKey: string, quantity: Range | PlainAssumption): Pricer {
  return (resource, { prices, usage }) => {
    const assumed = typeof quantity === "string";
    return [
      charge(prices, resource, {
        what,
        priceKey,
        quantity: assumed ? usage[quantity] : quantity,
        assumptions: assumed ? [quantity] : [],
      }),
    ];
  };
}

export const SERVICE_PRICERS: Pricers = {
  "aws:apigateway/restApi:RestApi": single("requests", "api-rest-request", "apiRequestsPerMonth"),
  "aws:apigatewayv2/api:Api": single("requests", "api-http-request", "apiRequestsPerMonth"),
  "aws:athena/workgroup:Workgroup": single("scans", "athena-scan", "athenaTerabytesScanned"),
  "aws:cloudwatch/eventBus:EventBus": single("events", "eventbridge-event", "messagesPerMonth"),
  "aws:kms/key:Key": (key, { prices, usage }) => {
    const rotations = inputAt(key.inputs, ["enableKeyRotation"]) === true ? usage.keyRotations : exactly(0);
    return [
      charge(prices, key, {
        what: "key and its rotations",
        quantity: plus(exactly(1), rotations),
        priceKey: "kms-key",
        ...(rotations === usage.keyRotations ? { assumptions: ["keyRotations" as const] } : {}),
      }),
      charge(prices, key, {
        what: "requests",
        quantity: usage.keyRequestsPerMonth,
        priceKey: "kms-request",
        assumptions: ["keyRequestsPerMonth"],
      }),
    ];
  },
  "aws:lambda/function:Function": priceFunction,
  "aws:secretsmanager/secret:Secret": single("secret", "secret", exactly(1)),
  "aws:sns/topic:Topic": single("messages", "sns-publish", "messagesPerMonth"),
  "aws:sqs/queue:Queue": single("requests", "sqs-request", "messagesPerMonth"),
  "aws:ssm/parameter:Parameter": (parameter, context) =>
    textAt(parameter.inputs, "tier") === "Advanced"
      ? single("advanced parameter", "ssm-advanced-parameter", exactly(1))(parameter, context)
      : [],
  "aws:wafv2/webAcl:WebAcl": (acl, { prices, usage }) => {
    const rules = listAt(acl.inputs, "rules");
    if (rules === NOT_KNOWN_YET) return [notKnownYet(acl, "rules", "rules")];
    const lines: Billed[] = [
      { what: "web ACL", quantity: exactly(1), priceKey: "waf-acl" },
      { what: `${rules.length} rules`, quantity: exactly(rules.length), priceKey: "waf-rule" },
      {
        what: "requests",
        quantity: usage.apiRequestsPerMonth,
        priceKey: "waf-request",
        assumptions: ["apiRequestsPerMonth"],
      },
    ];
    return lines.map((billed) => charge(prices, acl, billed));
  },
};

function priceFunction(lambda: PlannedResource, { prices, usage }: PricingContext): readonly Charge[] {
  const megabytes = numberAt(lambda.inputs, "memorySize") ?? LAMBDA_DEFAULT_MEGABYTES;
  if (megabytes === NOT_KNOWN_YET) return [notKnownYet(lambda, "compute", "memorySize")];
  const gigabytes = megabytes / MEGABYTES_PER_GIGABYTE;
  const architectures = listAt(lambda.inputs, "architectures");
  const arm = architectures !== NOT_KNOWN_YET && architectures.includes("arm64");
  const requests = usageFor(usage.lambdaRequestsPerMonth, lambda.name);
  const lines: Billed[] = [
    {
      what: "requests",
      quantity: requests,
      priceKey: "lambda-request",
      assumptions: ["lambdaRequestsPerMonth"],
    },
    {
      what: `${megabytes} MB${arm ? " arm64" : ""}`,
      quantity: times(requests, usage.lambdaSecondsPerRequest, exactly(gigabytes)),
      priceKey: arm ? "lambda-compute-arm" : "lambda-compute",
      assumptions: ["lambdaRequestsPerMonth", "lambdaSecondsPerRequest"],
    },
  ];
  return lines.map((billed) => charge(prices, lambda, billed));
}

/** Provisioned concurrency is a resource of its own and is billed whether it is used or not. */
export const PROVISIONED_CONCURRENCY_PRICERS: Pricers = {
  "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": (configuration, context) => {
    const count = numberAt(configuration.inputs, "provisionedConcurrentExecutions");
    const lambda = context.plan
      .ofType("aws:lambda/function:Function")
      .find((candidate) => context.plan.refersTo(configuration, "functionName", candidate));
    const megabytes = lambda && (numberAt(lambda.inputs, "memorySize") ?? LAMBDA_DEFAULT_MEGABYTES);
    if (typeof count !== "number" || typeof megabytes !== "number")
      return [unpriced(configuration, "provisioned concurrency", "its function or its count is not known")];
    return [
      charge(context.prices, configuration, {
        what: `${count} x ${megabytes} MB kept warm`,
        quantity: exactly((count * megabytes * HOURS_PER_MONTH * SECONDS_PER_HOUR) / MEGABYTES_PER_GIGABYTE),
        priceKey: "lambda-provisioned",
      }),
    ];
  },
};
