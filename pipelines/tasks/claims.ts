import { jsonata, quoted } from "../../asl/expression";
import type { Assignments, Catcher, TaskState } from "../../asl/states";
import { categoryClaim, CLAIM_EXPIRY, CLAIM_KEY } from "../../contracts/machines";
import type { MachinePlace } from "../place";
import { NOW_SECONDS } from "../run-names";
import { callTask } from "./call";

/** DynamoDB's answer when the condition does not hold. */
export const TAKEN = "DynamoDB.ConditionalCheckFailedException";

/** Claims of runs are kept for people to look at. */
const KEPT_SECONDS = 400 * 86_400;

/** Nobody has it, whoever had it has failed, or has died: its lease is over. */
const FREE = "attribute_not_exists(claim) OR #status = :failed OR (#status = :running AND leaseUntil < :now)";
/** Nor is it in the pause after an earlier one. */
const FREE_AND_COOL =
  "attribute_not_exists(claim) OR (#status <> :running AND coolDownUntil < :now) OR (#status = :running AND leaseUntil < :now)";

interface Claim {
  /** Source of the claim's key. */
  readonly claim: string;
  readonly leaseSeconds: number;
  readonly assign?: Assignments;
  readonly catches: readonly Catcher[];
}

const seconds = (source: string) => ({ N: jsonata(`$string(${source})`) });

/** The conditional write that makes one execution the owner of a run. */
export function claimRun(place: MachinePlace, claim: Claim): TaskState {
  return putClaim(place, claim, FREE, { attributes: {}, values: { ":failed": { S: "failed" } } });
}

/** As claimRun, for one training of a category at a time, and none in its pause. */
export function claimCategory(place: MachinePlace, claim: Claim): TaskState {
  return putClaim(place, claim, FREE_AND_COOL, { attributes: { coolDownUntil: { N: "0" } }, values: {} });
}

/** @param more attributes of the item, and values of the condition, beside those of every claim */
function putClaim(
  { claimsTable }: MachinePlace,
  { claim, leaseSeconds, assign, catches }: Claim,
  condition: string,
  more: { readonly attributes: Record<string, unknown>; readonly values: Record<string, unknown> },
): TaskState {
  return callTask(
    "dynamodb:putItem",
    {
      TableName: claimsTable,
      Item: {
        [CLAIM_KEY]: { S: jsonata(claim) },
        status: { S: "running" },
        holder: { S: jsonata("$states.context.Execution.Id") },
        leaseUntil: seconds(`${NOW_SECONDS} + ${leaseSeconds}`),
        [CLAIM_EXPIRY]: seconds(`${NOW_SECONDS} + ${KEPT_SECONDS}`),
        ...more.attributes,
      },
      ConditionExpression: condition,
      ExpressionAttributeNames: { "#status": "status" },
      ExpressionAttributeValues: {
        ":running": { S: "running" },
        ":now": seconds(NOW_SECONDS),
        ...more.values,
      },
    },
    { assign, catches },
  );
}

/**
 * Looks whether a category may be trained, and takes nothing: who claims it later may still find it taken. Assigns `isFree`.
 *
 * @param category source
 */
export function lookAtCategory({ claimsTable }: MachinePlace, category: string, next: string): TaskState {
  const item = "$states.result.Item";
  return callTask(
    "dynamodb:getItem",
    {
      TableName: claimsTable,
      Key: { [CLAIM_KEY]: { S: jsonata(`${quoted(categoryClaim(""))} & ${category}`) } },
      ConsistentRead: true,
    },
    {
      assign: {
        isFree: jsonata(
          `$not($exists(${item})) ? true : ` +
            `$number(${item}.status.S = "running" ? ${item}.leaseUntil.N : ${item}.coolDownUntil.N) < ${NOW_SECONDS}`,
        ),
      },
      next,
    },
  );
}

/** Says how a claim ended; only its holder may. @param coolDownSeconds pause before the next one */
export function endClaim(
  { claimsTable }: MachinePlace,
  claim: string,
  status: "done" | "failed",
  coolDownSeconds = 0,
): TaskState {
  return callTask("dynamodb:updateItem", {
    TableName: claimsTable,
    Key: { [CLAIM_KEY]: { S: jsonata(claim) } },
    UpdateExpression: "SET #status = :status, coolDownUntil = :coolDownUntil",
    ConditionExpression: "holder = :holder",
    ExpressionAttributeNames: { "#status": "status" },
    ExpressionAttributeValues: {
      ":status": { S: status },
      ":holder": { S: jsonata("$states.context.Execution.Id") },
      // No pause is over at once, on any clock: "until now" would still hold for whoever comes in the same second.
      ":coolDownUntil": coolDownSeconds === 0 ? { N: "0" } : seconds(`${NOW_SECONDS} + ${coolDownSeconds}`),
    },
  });
}

/** Before a manifest is written: no run of an earlier day may replace that of a later one. @param through source of the run's day */
export function fencePublication(
  { claimsTable }: MachinePlace,
  name: string,
  through: string,
  catches: readonly Catcher[],
): TaskState {
  return callTask(
    "dynamodb:updateItem",
    {
      TableName: claimsTable,
      Key: { [CLAIM_KEY]: { S: `published#${name}` } },
      UpdateExpression: "SET through = :through, holder = :holder",
      ConditionExpression: "attribute_not_exists(through) OR through <= :through",
      ExpressionAttributeValues: {
        ":through": { S: jsonata(through) },
        ":holder": { S: jsonata("$states.context.Execution.Id") },
      },
    },
    { catches },
  );
}
