import assert from "node:assert/strict";
import { neededRights } from "../../asl/needed-rights";
import type { Json, Machine } from "../../asl/states";
import type { Recording } from "../../preview/recorded-resource";
import { callsOf } from "../pipelines/filled-calls";
import { accountOf, type Account } from "../support/account";
import { planOf } from "../support/plans";
import { rightsOfRole } from "../support/role-rights";

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

const ENVIRONMENTS = ["dev", "prod"] as const;

describe("the rights of the machines and their jobs", () => {
  const recordings = new Map<string, Recording>();
  before(async () => {
    for (const environment of ENVIRONMENTS)
      recordings.set(environment, (await planOf(environment)).recording);
  });

  const machinesIn = ({ resources }: Recording): Machine[] =>
    resources
      .filter(({ type }) => type === "aws:sfn/stateMachine:StateMachine")
      .map(({ inputs }) => JSON.parse(String(inputs.definition)) as Machine);

  const callsIn = async (recording: Recording, environment: (typeof ENVIRONMENTS)[number]) => {
    const machines = machinesIn(recording);
    assert.equal(machines.length, 3);
    return (await Promise.all(machines.map((machine) => callsOf(machine, {}, environment)))).flat();
  };

  for (const environment of ENVIRONMENTS) {
    it(`let every state call what its definition names: ${environment}`, async () => {
      const recording = recordings.get(environment)!;
      const account = accountOf(recording, `smartretail-${environment}`);
      const calls = await callsIn(recording, environment);

      const denied = calls.flatMap(({ name, task, args }) =>
        neededRights({ ...task, Arguments: args }, SCOPE)
          .filter(({ action, resource, passedTo }) => {
            const context = { ...OUTSIDE, ...contextOf(action, args), "iam:PassedToService": passedTo };
            const named = resource.replace(
              "model-package/*",
              `model-package/smartretail-${environment}-food/1`,
            );
            return account.ask("state-machines", action, named, context) !== "allowed";
          })
          .map(({ action, resource }) => `${name}: ${action} on ${resource}`),
      );
      assert.ok(calls.length > 80);
      assert.deepEqual(denied, []);
    });

    it(`grant no action that no definition calls: ${environment}`, async () => {
      const recording = recordings.get(environment)!;
      const calls = await callsIn(recording, environment);
      const needed = calls.flatMap(({ task }) => neededRights(task, SCOPE));

      const granted = rightsOfRole(recording, `smartretail-${environment}-state-machines`)
        .filter(({ Effect }) => Effect === "Allow")
        .flatMap(({ Action }) => Action ?? []);
      const expected = [...needed.map(({ action }) => action), ...Object.keys(BESIDES)];
      assert.deepEqual([...new Set(granted)].sort(), [...new Set(expected)].sort());
    });
  }

  it("let every job read its inputs and write its outputs with its own role, from inside the network", async () => {
    const recording = recordings.get("prod")!;
    const account = accountOf(recording, "smartretail-prod");
    const calls = await callsIn(recording, "prod");

    const needs = calls.flatMap(({ name, args }) => objectsOf(args).map((need) => ({ name, ...need })));
    const denied = needs.filter(
      ({ role, action, resource }) => account.ask(role, action, resource) !== "allowed",
    );
    assert.ok(needs.length > 60);
    assert.deepEqual(denied, []);
  });
});

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
function objectsOf(args: Args): ObjectNeed[] {
  const own = String(
    args.RoleArn ?? at(args, "TrainingJobDefinition", "RoleArn") ?? args.ExecutionRoleArn ?? "",
  );
  const role = own.split("smartretail-prod-").at(-1) || (args.TransformInput ? "inference" : "");
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
