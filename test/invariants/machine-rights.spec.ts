import assert from "node:assert/strict";
import { neededRights } from "../../asl/needed-rights";
import type { Json, Machine } from "../../asl/states";
import { planEnvironment } from "../../preview/plan-environment";
import type { Recording } from "../../preview/recorded-resource";
import { callsOf } from "../pipelines/filled-calls";
import { accountOf, type Account } from "../support/account";
import { planOf } from "../support/plans";
import { rightsOfRole } from "../support/role-rights";
import { actionsOf, resourcesOf } from "../support/statements";

const SCOPE = { region: "ap-northeast-1", accountId: "123456789012" };
/** Step Functions, Scheduler and the runs' own machinery are not in the network. */
const OUTSIDE = { "aws:SourceVpce": undefined };

/** What the role may besides the calls of the definitions, and why. */
const BESIDES: Readonly<Record<string, string>> = {
  "kms:CreateGrant": "volumes of the jobs",
  "kms:Decrypt": "objects, messages, history",
  "kms:DescribeKey": "jobs with a key",
  "kms:GenerateDataKey": "objects, messages, history",
  "logs:CreateLogDelivery": "the machine's log",
  "logs:DeleteLogDelivery": "the machine's log",
  "logs:DescribeLogGroups": "the machine's log",
  "logs:DescribeResourcePolicies": "the machine's log",
  "logs:GetLogDelivery": "the machine's log",
  "logs:ListLogDeliveries": "the machine's log",
  "logs:UpdateLogDelivery": "the machine's log",
  "xray:GetSamplingRules": "traces",
  "xray:GetSamplingTargets": "traces",
  "xray:PutTelemetryRecords": "traces",
  "xray:PutTraceSegments": "traces",
};

type Context = Parameters<Account["ask"]>[3];
type Args = Readonly<Record<string, Json>>;

/** What the roles of the jobs may besides what the definitions say, and why. */
const JOBS_BESIDES: Readonly<Record<string, string>> = {
  "inference writes capture": "the endpoints' role too: captured requests",
  "inference pulls smartretail": "the grant of every job's own images",
  "training pulls smartretail": "the grant of every job's own images",
};

/** One plan, with the stack's own settings or with others. */
interface Given {
  readonly environment: "dev" | "prod";
  readonly recording: Recording;
  readonly calls: Awaited<ReturnType<typeof callsOf>>;
}

const PLANS = {
  dev: () => planOf("dev"),
  prod: () => planOf("prod"),
  "prod with DeepAR": () =>
    planEnvironment("prod", { overrides: { "smartretail:trainingAlgorithms": '["drinks=deepar"]' } }),
} as const;

describe("the rights of the machines and their jobs", () => {
  const given = new Map<string, Given>();
  before(async () => {
    for (const [name, plan] of Object.entries(PLANS)) {
      const { recording } = await plan();
      const environment = name === "dev" ? "dev" : "prod";
      given.set(name, { environment, recording, calls: await callsIn(recording, environment) });
    }
  });

  const machinesIn = ({ resources }: Recording): Machine[] =>
    resources
      .filter(({ type }) => type === "aws:sfn/stateMachine:StateMachine")
      .map(({ inputs }) => JSON.parse(String(inputs.definition)) as Machine);

  const callsIn = async (recording: Recording, environment: Given["environment"]) => {
    const machines = machinesIn(recording);
    assert.equal(machines.length, 3);
    return (await Promise.all(machines.map((machine) => callsOf(machine, {}, environment)))).flat();
  };

  /** What every call needs, with the names that it has in a run. */
  const needsOf = ({ calls, environment }: Given) =>
    calls.flatMap(({ name, task, args }) =>
      neededRights({ ...task, Arguments: args }, SCOPE).map((need) => ({
        name,
        args,
        ...need,
        resource: need.resource.replace("model-package/*", `model-package/smartretail-${environment}-food/1`),
      })),
    );
  const grantsOf = ({ recording, environment }: Given, role: string) =>
    rightsOfRole(recording, `smartretail-${environment}-${role}`).filter(({ Effect }) => Effect === "Allow");

  for (const plan of Object.keys(PLANS)) {
    it(`let every state call what its definition names: ${plan}`, () => {
      const all = given.get(plan)!;
      const account = accountOf(all.recording, `smartretail-${all.environment}`);

      const denied = needsOf(all)
        .filter(({ action, resource, passedTo, args }) => {
          const context = { ...OUTSIDE, ...contextOf(action, args), "iam:PassedToService": passedTo };
          return account.ask("state-machines", action, resource, context) !== "allowed";
        })
        .map(({ name, action, resource }) => `${name}: ${action} on ${resource}`);
      assert.ok(all.calls.length > 80);
      assert.deepEqual(denied, []);
    });

    it(`grant no action that no definition calls, and none on what no definition names: ${plan}`, () => {
      const all = given.get(plan)!;
      const needs = needsOf(all);
      const grants = grantsOf(all, "state-machines");

      const granted = grants.flatMap(actionsOf);
      const expected = [...needs.map(({ action }) => action), ...Object.keys(BESIDES)];
      assert.deepEqual([...new Set(granted)].sort(), [...new Set(expected)].sort());
      const idle = grants
        .flatMap((grant) =>
          actionsOf(grant).flatMap((action) => resourcesOf(grant).map((on) => ({ action, on }))),
        )
        .filter(({ action }) => BESIDES[action] === undefined)
        .filter(
          ({ action, on }) => !needs.some((need) => need.action === action && covers(on, need.resource)),
        );
      assert.deepEqual(idle, []);
    });

    it(`let every job move its files and pull its image with its own role, and no other bucket's or image: ${plan}`, () => {
      const all = given.get(plan)!;
      const prefix = `smartretail-${all.environment}`;
      const account = accountOf(all.recording, prefix);
      const objects = all.calls.flatMap(({ name, args }) =>
        objectsOf(args, prefix).map((need) => ({ name, ...need })),
      );

      assert.ok(objects.length > 60);
      assert.deepEqual(
        objects.filter(({ role, action, resource }) => account.ask(role, action, resource) !== "allowed"),
        [],
      );
      const images = [...new Set(all.calls.flatMap(({ args }) => imagesOf(args, prefix)))];
      const needed = [
        ...new Set([
          ...objects.map((need) => wordsOf(need, prefix)),
          ...images,
          ...Object.keys(JOBS_BESIDES),
        ]),
      ];
      const granted = JOB_ROLES.flatMap((role) =>
        grantsOf(all, role).flatMap((grant) =>
          actionsOf(grant).flatMap((action) =>
            resourcesOf(grant).flatMap((resource) => wordsOf({ role, action, resource }, prefix)),
          ),
        ),
      ).filter((words) => words !== "");
      assert.deepEqual([...new Set(granted)].sort(), needed.sort());
    });
  }
});

const JOB_ROLES = ["inference", "processing", "training"] as const;

/** Whether a resource of a policy covers the one that is named. */
function covers(pattern: string, resource: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(resource);
}

/** `training reads processed`: a right on objects or images in words, without the key; "" for any other right. */
function wordsOf({ role, action, resource }: ObjectNeed, prefix: string): string {
  const [, bucket] = new RegExp(`^arn:aws:s3:::${prefix}-([a-z]+)-`).exec(resource) ?? [];
  const [, repository] = /:repository\/([a-z]+-?[a-z]*)/.exec(resource) ?? [];
  if (action === "ecr:BatchGetImage" && repository !== undefined)
    return `${role} pulls ${repository.replace(/-(dev|prod)?$/, "")}`;
  const verb = { "s3:GetObject": "reads", "s3:PutObject": "writes" }[action];
  return bucket === undefined || verb === undefined ? "" : `${role} ${verb} ${bucket}`;
}

/** Which role pulls which image, in words. */
function imagesOf(args: Args, prefix: string): string[] {
  const role = roleOf(args, prefix);
  const uris = JSON.stringify(args).match(/"[0-9]{12}\.dkr\.ecr\.[^"]+"/g) ?? [];
  return role === "" || args.InferenceSpecification !== undefined
    ? []
    : uris.map((uri) => {
        const repository = uri.slice(1, -1).split("/").slice(1).join("/").split(/[@:]/)[0]!;
        return `${role} pulls ${repository.startsWith(prefix) ? "smartretail" : repository}`;
      });
}

/** Condition keys that SageMaker and the others make of a request. */
function contextOf(action: string, args: Args): NonNullable<Context> {
  const training = (args.TrainingJobDefinition ?? args) as Args;
  const cluster =
    at(args, "ProcessingResources", "ClusterConfig") ?? training.ResourceConfig ?? args.TransformResources;
  const network = (args.NetworkConfig ?? training) as Args;
  const output = args.ProcessingOutputConfig ?? training.OutputDataConfig ?? args.TransformOutput;
  const limit = at(training, "StoppingCondition", "MaxRuntimeInSeconds");
  const keys: Record<string, Json | undefined> = {
    "sagemaker:InstanceTypes": cluster && [at(cluster, "InstanceType") ?? ""],
    "sagemaker:InterContainerTrafficEncryption": text(network.EnableInterContainerTrafficEncryption),
    "sagemaker:MaxRuntimeInSeconds": text(limit),
    "sagemaker:NetworkIsolation": text(network.EnableNetworkIsolation),
    "sagemaker:OutputKmsKeyArn": output && at(output, "KmsKeyId"),
    "sagemaker:VolumeKmsKeyArn": cluster && at(cluster, "VolumeKmsKeyId"),
    "sagemaker:VpcSecurityGroupIds": at(network, "VpcConfig", "SecurityGroupIds"),
    "sagemaker:VpcSubnets": at(network, "VpcConfig", "Subnets"),
    "sagemaker:ModelApprovalStatus": args.ModelApprovalStatus,
    "cloudwatch:namespace": args.Namespace,
    "events:source": args.Entries && ["smartretail"],
  };
  const known = Object.entries(keys).filter(([, value]) => value !== undefined);
  return action.startsWith("s3:") ? {} : (Object.fromEntries(known) as NonNullable<Context>);
}

interface ObjectNeed {
  readonly role: string;
  readonly action: string;
  readonly resource: string;
}

/** Objects that a job's role reads and writes: SageMaker moves them with it. */
function objectsOf(args: Args, prefix: string): ObjectNeed[] {
  const role = roleOf(args, prefix);
  if (role === "") return [];
  const written = [
    args.ProcessingOutputConfig,
    args.OutputDataConfig,
    args.TransformOutput,
    at(args, "TrainingJobDefinition", "OutputDataConfig"),
  ];
  const outputs = new Set(written.flatMap(urisIn));
  return urisIn(args)
    .filter((uri) => !uri.includes("//b/"))
    .map((uri) => ({
      role,
      action: outputs.has(uri) ? "s3:PutObject" : "s3:GetObject",
      resource: `arn:aws:s3:::${uri.slice("s3://".length).replace(/\/$/, "")}${/\.tar\.gz$/.test(uri) ? "" : "/x"}`,
    }));
}

function roleOf(args: Args, prefix: string): string {
  const own = String(
    args.RoleArn ?? at(args, "TrainingJobDefinition", "RoleArn") ?? args.ExecutionRoleArn ?? "",
  );
  return own.split(`${prefix}-`).at(-1) || (args.TransformInput ? "inference" : "");
}

function urisIn(value: unknown): string[] {
  if (typeof value === "string") return value.startsWith("s3://") ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(urisIn) : [];
}

function at(value: Json, ...path: string[]): Json | undefined {
  return path.reduce<Json | undefined>((inner, key) => (inner as Args | undefined)?.[key], value);
}

function text(value: Json | undefined): string | undefined {
  return value === undefined ? undefined : String(value as string | number | boolean);
}
