import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { Json } from "../../../asl/states";
import { StateError } from "../../../asl/interpreter/state-error";
import { linkFile } from "../../engine/files/link-files";
import { conditionHolds, type Item, updated } from "./condition";
import { fileNameOf, type LocalCloud } from "./local-cloud";

/** A call of a service: its arguments, and what tells it from every other call, so that a repeat changes nothing. */
export interface ServiceCall<Arguments = Record<string, Json>> {
  readonly cloud: LocalCloud;
  readonly given: Arguments;
  readonly callId: string;
  readonly signal: AbortSignal;
}

export type Service = (call: ServiceCall<never>) => Json | Promise<Json>;

interface KeyedObject {
  readonly Bucket: string;
  readonly Key: string;
}

const NO_BODY: Json = {};

function listObjects({ cloud, given }: ServiceCall<{ Bucket: string; Prefix: string }>): Json {
  const bucket = cloud.objectPath(given.Bucket, "");
  const folder = dirname(join(bucket, `${given.Prefix}x`));
  const keys = (existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [])
    .filter((entry) => entry.isFile())
    .map((entry) => relative(bucket, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((key) => key.startsWith(given.Prefix))
    .sort();
  return { KeyCount: keys.length, Contents: keys.map((Key) => ({ Key })) };
}

function getObject({ cloud, given }: ServiceCall<KeyedObject>): Json {
  const path = cloud.objectPath(given.Bucket, given.Key);
  if (!existsSync(path))
    throw new StateError("S3.NoSuchKeyException", `there is no s3://${given.Bucket}/${given.Key}`);
  return { Body: readFileSync(path, "utf8") };
}

function putObject({ cloud, given }: ServiceCall<KeyedObject & { Body: string }>): Json {
  cloud.writeText(given.Body, cloud.objectPath(given.Bucket, given.Key));
  return NO_BODY;
}

function copyObject({ cloud, given }: ServiceCall<KeyedObject & { CopySource: string }>): Json {
  const source = cloud.pathOf(`s3://${given.CopySource.replace(/^\//, "")}`);
  if (!existsSync(source)) throw new StateError("S3.NoSuchKeyException", `there is no ${given.CopySource}`);
  linkFile(source, cloud.objectPath(given.Bucket, given.Key));
  return NO_BODY;
}

interface Conditional {
  readonly TableName: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Item;
}

interface StoredItem {
  readonly item: Item;
  /** The call that wrote it: the same call again finds its work done. */
  readonly by: string;
}

function changeItem(
  { cloud, given, callId }: ServiceCall<Conditional>,
  key: Item,
  change: (item: Item) => Item,
): Json {
  const place = ["tables", given.TableName, fileNameOf(JSON.stringify(key))];
  const stored = cloud.readJson<StoredItem>(...place);
  if (stored?.by === callId) return NO_BODY;
  const { ConditionExpression: condition } = given;
  if (condition !== undefined && !conditionHolds(condition, stored?.item ?? {}, given)) {
    throw new StateError("DynamoDB.ConditionalCheckFailedException", "The conditional request failed");
  }
  cloud.writeJson({ item: change(stored?.item ?? key), by: callId } satisfies StoredItem, ...place);
  return NO_BODY;
}

function getItem({ cloud, given }: ServiceCall<{ TableName: string; Key: Item }>): Json {
  const stored = cloud.readJson<StoredItem>("tables", given.TableName, fileNameOf(JSON.stringify(given.Key)));
  return stored ? { Item: stored.item as unknown as Json } : NO_BODY;
}

/** The first attribute of an item is its key: all tables of the machines have one. */
function putItem(call: ServiceCall<Conditional & { Item: Item }>): Json {
  const [name, value] = Object.entries(call.given.Item)[0]!;
  return changeItem(call, { [name]: value }, () => call.given.Item);
}

function updateItem(call: ServiceCall<Conditional & { Key: Item; UpdateExpression: string }>): Json {
  const { Key, UpdateExpression } = call.given;
  return changeItem(call, Key, (item) => updated(UpdateExpression, item, call.given));
}

interface Parameter {
  readonly Name: string;
  readonly Value: string;
}

function getParameters({ cloud, given }: ServiceCall<{ Path: string }>): Json {
  const all = cloud.names("parameters").map((name) => cloud.readJson<Parameter>("parameters", name)!);
  const Parameters = all
    .filter(({ Name }) => Name.startsWith(`${given.Path.replace(/\/$/, "")}/`))
    .map(({ Name, Value }) => ({ Name, Value }));
  return { Parameters };
}

function getParameter({ cloud, given }: ServiceCall<{ Name: string }>): Json {
  const { Name } = given;
  const Value = readParameter(cloud, Name);
  if (Value === undefined)
    throw new StateError("Ssm.ParameterNotFoundException", `there is no parameter ${Name}`);
  return { Parameter: { Name, Value } };
}

function putParameter({ cloud, given }: ServiceCall<Parameter>): Json {
  setParameter(cloud, given.Name, given.Value);
  return NO_BODY;
}

export function readParameter(cloud: LocalCloud, name: string): string | undefined {
  return cloud.readJson<Parameter>("parameters", fileNameOf(name))?.Value;
}

export function setParameter(cloud: LocalCloud, Name: string, Value: string): void {
  cloud.writeJson({ Name, Value } satisfies Parameter, "parameters", fileNameOf(Name));
}

/** What people and services are told: a file a call, and for alerts a line in alerts.log. */
function record(folder: string): (call: ServiceCall) => Json {
  return ({ cloud, given, callId }) => {
    const place = [folder, fileNameOf(callId)];
    if (cloud.readJson(...place) === undefined) cloud.writeJson(given, ...place);
    return NO_BODY;
  };
}

const ALERT_LOG = "alerts.log";

function publish(call: ServiceCall<{ TopicArn: string; Subject?: string; Message: string }>): Json {
  const { cloud, given, callId } = call;
  if (cloud.readJson("alerts", fileNameOf(callId)) === undefined) {
    mkdirSync(cloud.root, { recursive: true });
    appendFileSync(cloud.at(ALERT_LOG), `${given.TopicArn.split(":").at(-1)}: ${given.Subject ?? ""}\n`);
  }
  return record("alerts")(call as unknown as ServiceCall);
}

interface StartedExecution {
  readonly StateMachineArn: string;
  readonly Name: string;
  readonly Input: Json;
}

/** Written down; who follows the run that started it runs it afterwards: one machine does one thing at a time. */
function startExecution({ cloud, given }: ServiceCall<StartedExecution>): Json {
  const place = [STARTED, `${given.Name}.json`];
  const known = cloud.readJson<StartedExecution>(...place);
  if (known && JSON.stringify(known) !== JSON.stringify(given))
    throw new StateError("StepFunctions.ExecutionAlreadyExistsException", `there is ${given.Name} already`);
  cloud.writeJson(given, ...place);
  return { ExecutionArn: `${given.StateMachineArn.replace(":stateMachine:", ":execution:")}:${given.Name}` };
}

const STARTED = "started";

/** Execution that a machine has started. */
export function startedExecution(cloud: LocalCloud, name: string): StartedExecution | undefined {
  return cloud.readJson<StartedExecution>(STARTED, `${name}.json`);
}

/** Names of all executions that machines have started. */
export function startedExecutions(cloud: LocalCloud): string[] {
  return cloud.names(STARTED).map((file) => file.replace(/\.json$/, ""));
}

/** Answers of services by `<service>:<operation>`; jobs of SageMaker are elsewhere. */
export const SERVICES: Readonly<Record<string, Service>> = {
  "s3:ListObjectsV2": listObjects,
  "s3:GetObject": getObject,
  "s3:PutObject": putObject,
  "s3:CopyObject": copyObject,
  "dynamodb:GetItem": getItem,
  "dynamodb:PutItem": putItem,
  "dynamodb:UpdateItem": updateItem,
  "ssm:GetParametersByPath": getParameters,
  "ssm:GetParameter": getParameter,
  "ssm:PutParameter": putParameter,
  "sns:Publish": publish,
  "cloudwatch:PutMetricData": record("metrics"),
  "events:PutEvents": record("events"),
  "states:StartExecution": startExecution,
};
