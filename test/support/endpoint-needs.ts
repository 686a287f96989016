/** Which interface endpoints a plan needs: derived from what those who run inside the network may call. */
import type { Statement } from "../../components/policy-document";
import type { Recording } from "../../preview/recorded-resource";
import { rightsOfRole } from "./role-rights";
import { actionsOf } from "./statements";

/** Endpoint that carries the calls of an action; undefined with a reason where none does. */
const CARRIERS: readonly (readonly [RegExp, string | undefined, string])[] = [
  [/^sagemaker:InvokeEndpoint/, "sagemaker.runtime", "the runtime API"],
  [
    /^sagemaker:(Batch)?(Get|Put|Write|Delete)Record$/,
    "sagemaker.featurestore-runtime",
    "the online store's API",
  ],
  [/^sagemaker:BatchPutMetrics$/, "sagemaker.metrics", "the metrics API"],
  [/^sagemaker:/, "sagemaker.api", "the control plane"],
  [/^cloudwatch:/, "monitoring", "the name of the endpoint is not the service's"],
  [
    /^(athena|events|glue|lambda|logs|sns|ssm|states|xray|application-autoscaling):/,
    "same",
    "named as the service",
  ],
  [/^(s3|dynamodb):/, undefined, "the gateways carry it"],
  [/^iam:PassRole$/, undefined, "no call: it is checked within one"],
  [/^kms:/, undefined, "S3, SageMaker, SNS and SQS ask KMS on the caller's behalf, from their own network"],
  [
    /^ec2:/,
    undefined,
    "SageMaker and Lambda make the interfaces themselves, with the role but outside the network",
  ],
  [/^ecr:/, undefined, "SageMaker pulls the images of jobs itself"],
];
/** What Lambda does with a function's role, outside the network. */
const BY_LAMBDA = /^(logs:|sqs:SendMessage$|events:PutEvents$)/;
/** What SageMaker does with a job's role, outside the network. */
const BY_SAGEMAKER = /^logs:/;
/** Studio in a network without internet needs these whatever its users may do; a domain without users runs nothing. https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-and-internet-access.html */
const OF_STUDIO = ["sagemaker.api", "sagemaker.runtime", "studio", "sts", "logs"];

/** Names of the endpoints, each with who calls through it; sorted. */
export function neededEndpoints(recording: Recording): Map<string, string[]> {
  const needs = new Map<string, string[]>();
  const need = (endpoint: string, caller: string) =>
    needs.set(endpoint, [...new Set([...(needs.get(endpoint) ?? []), caller])]);
  if (of(recording, "RestApi").some(isPrivate)) need("execute-api", "callers of the private API");
  if (has(recording, "UserProfile")) for (const endpoint of OF_STUDIO) need(endpoint, "Studio");
  for (const { roleName, outside } of callers(recording)) {
    for (const action of rightsOfRole(recording, roleName).filter(isAllow).flatMap(actionsOf)) {
      const endpoint = outside.test(action) ? undefined : carrierOf(action);
      if (endpoint !== undefined) need(endpoint, `${roleName}: ${action}`);
    }
  }
  return new Map([...needs].sort(([one], [other]) => one.localeCompare(other)));
}

/** Endpoints that are needed and not there, and such that are there for nobody. */
export function endpointGaps(needs: ReadonlyMap<string, unknown>, given: readonly string[]) {
  return {
    missing: [...needs.keys()].filter((name) => !given.includes(name)),
    unused: given.filter((name) => !needs.has(name)),
  };
}

/** Who runs in the network with a role: people in Studio, functions, and the jobs that call AWS (not isolated ones). */
function callers(recording: Recording): { roleName: string; outside: RegExp }[] {
  const roles = new Map(
    recording.resources
      .filter(({ type }) => type === "aws:iam/role:Role")
      .map(({ inputs, outputs }) => [outputs.arn, String(inputs.name)]),
  );
  const nameOf = (arn: unknown) => roles.get(arn as string) ?? String(arn).replace(/^.*role\//, "");
  const people = of(recording, "UserProfile").map(({ inputs }) => ({
    roleName: nameOf((inputs.userSettings as { executionRole: string }).executionRole),
    outside: /^$/,
  }));
  const functions = of(recording, "Function")
    .filter(({ inputs }) => inputs.vpcConfig !== undefined)
    .map(({ inputs }) => ({ roleName: nameOf(inputs.role), outside: BY_LAMBDA }));
  const jobs = of(recording, "StateMachine")
    .slice(0, 1)
    .map(() => ({
      roleName: [...roles.values()].find((name) => name.endsWith("-processing")) ?? "processing",
      outside: BY_SAGEMAKER,
    }));
  return [...people, ...functions, ...jobs];
}

function of({ resources }: Recording, kind: string) {
  return resources.filter(({ custom, type }) => custom && type.endsWith(`:${kind}`));
}

function isPrivate({ inputs }: Recording["resources"][number]): boolean {
  return (inputs.endpointConfiguration as { types?: string } | undefined)?.types === "PRIVATE";
}

function has(recording: Recording, kind: string): boolean {
  return of(recording, kind).length > 0;
}

function isAllow({ Effect }: Statement): boolean {
  return Effect === "Allow";
}

function carrierOf(action: string): string | undefined {
  const found = CARRIERS.find(([pattern]) => pattern.test(action));
  if (!found) throw new Error(`no endpoint is known for ${action}: say in CARRIERS which one carries it`);
  const [, endpoint] = found;
  return endpoint === "same" ? action.split(":")[0] : endpoint;
}
