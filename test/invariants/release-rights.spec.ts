import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Category } from "../../contracts/categories";
import { modelCardKey, servedArchiveKey, servedModelsPrefix } from "../../contracts/model-artifact";
import { modelPointer } from "../../contracts/parameters";
import { variantAlarmName } from "../../contracts/variant-alarms";
import type { CategoryState } from "../../forecasting/experiment/experiment";
import type { Recording } from "../../preview/recorded-resource";
import { evaluateAll, evaluatorOf } from "../../runtime/entry/release-function";
import { CHALLENGER, CHAMPION, inPhase } from "../forecasting/experiment/support";
import { accountOf, type Account } from "../support/account";
import { planOf } from "../support/plans";
import { find } from "../support/record";
import { ReleaseAccount, type SdkCall } from "../support/release-account";
import { rightsOfRole } from "../support/role-rights";
import { actionsOf } from "../support/statements";

const ENTRY = join(__dirname, "../../runtime/entry");
const PLACE = "ap-northeast-1:123456789012";
const ENDPOINT = "smartretail-prod-forecast";

/** What Lambda does with the role, outside the function's own calls; and KMS, which S3 and the others ask for it. */
const BY_OTHERS = /^(ec2|events|kms|logs|sqs|xray):/;

const of = (category: Category, { experiment, ...state }: CategoryState): CategoryState => ({
  ...state,
  category,
  experiment: { ...experiment!, category },
});

/** Looks of the planned function over real clients: a promotion whose archive is to be copied, and rollbacks by an alarm. */
async function look(recording: Recording) {
  const account = new ReleaseAccount();
  account.losesAnswer = true;
  const states = [
    of("drinks", inPhase("AB")),
    of("food", inPhase("PROMOTING", { promotionStep: 3, share: 1 })),
  ];
  for (const state of states) {
    const { category } = state;
    const at = "2026-10-01T00:00:00Z";
    account.begin({
      category,
      revision: 1,
      at,
      by: "tests",
      action: "start",
      reasons: [],
      evidence: {},
      state,
    });
  }
  for (const category of ["drinks", "food", "daily", "confectionery"] as const) {
    const version = category === "drinks" || category === "food" ? CHALLENGER : CHAMPION;
    account.parameters.set(modelPointer("prod", "champion", category), CHAMPION);
    account.parameters.set(modelPointer("prod", "challenger", category), version);
    account.objects.add(servedArchiveKey("champion", category, CHAMPION));
    account.objects.add(servedArchiveKey("challenger", category, version));
    account.objects.add(servedModelsPrefix("challenger") + modelCardKey(category, version));
  }
  const { environment } = find(recording, "aws:lambda/function:Function", "release-function").inputs;
  const { variables } = environment as { variables: Record<string, string> };
  const evaluator = evaluatorOf(variables, account.clients());
  await evaluateAll(evaluator, () => {});
  const promoted = account.parameters.get(modelPointer("prod", "champion", "food"));
  account.alarms.add(variantAlarmName(ENDPOINT, "challenger", "server-errors"));
  // The alarm's event comes twice at once, and once more when all is done.
  const rollback = await Promise.all([1, 2].map(() => evaluateAll(evaluator, () => {})));
  const replay = await evaluateAll(evaluator, () => {});
  return { account, promoted, rollback, replay };
}

/** What IAM answers before a call goes through. */
function asksOf({ operation, input }: SdkCall): [action: string, resource: string, context?: object][] {
  const text = (key: string) => String(input[key]);
  const bucket = `arn:aws:s3:::${text("Bucket")}`;
  const object = `${bucket}/${text("Key")}`;
  const table = `arn:aws:dynamodb:${PLACE}:table/${text("TableName")}`;
  switch (operation) {
    case "GetObject":
    case "HeadObject":
      // Who may not list a bucket is told that an object which is not there is forbidden.
      return [
        ["s3:GetObject", object],
        ["s3:ListBucket", bucket],
      ];
    case "CopyObject":
      return [
        ["s3:GetObject", `arn:aws:s3:::${text("CopySource")}`],
        ["s3:PutObject", object, { "s3:if-none-match": input.IfNoneMatch }],
      ];
    case "Query":
    case "PutItem":
    case "GetItem":
      return [[`dynamodb:${operation}`, table]];
    case "GetParameter":
    case "PutParameter":
      return [[`ssm:${operation}`, `arn:aws:ssm:${PLACE}:parameter${text("Name")}`]];
    case "GetMetricData":
      return [["cloudwatch:GetMetricData", "*"]];
    case "DescribeAlarms":
      return [["cloudwatch:DescribeAlarms", `arn:aws:cloudwatch:${PLACE}:alarm:*`]];
    default:
      return [[`sagemaker:${operation}`, `arn:aws:sagemaker:${PLACE}:endpoint/${text("EndpointName")}`]];
  }
}

/** Commands of the SDK that the adapters import which the function's main names. */
function importedOperations(): string[] {
  const main = readFileSync(join(ENTRY, "release-function.ts"), "utf8");
  const adapters = [...main.matchAll(/from "(\.\.\/[\w/-]+\/aws\/[\w-]+)"/g)];
  const sources = adapters.map(([, path = ""]) => readFileSync(join(ENTRY, `${path}.ts`), "utf8"));
  const found = sources.flatMap((source) =>
    [/\b([A-Z]\w+)Command\b/g, /\bpaginate([A-Z]\w+)\b/g].flatMap((pattern) =>
      [...source.matchAll(pattern)].map(([, name = ""]) => name),
    ),
  );
  // Orders are written by it, and no experiment.
  return [...new Set(found)].filter((name) => name !== "PutObject").sort();
}

describe("the release function", () => {
  let account: Account;
  let seen: Awaited<ReturnType<typeof look>>;
  let recording: Recording;
  before(async () => {
    recording = (await planOf("prod")).recording;
    account = accountOf(recording, "smartretail-prod");
    seen = await look(recording);
  });

  it("moves forward, rolls back and tells, over the clients and the environment that it is deployed with", () => {
    const { account: cloud, promoted, rollback, replay } = seen;

    assert.equal(promoted, CHALLENGER);
    assert.ok(cloud.objects.has(servedArchiveKey("champion", "food", CHALLENGER)));
    for (const category of ["drinks", "food"])
      for (const variant of ["champion", "challenger"])
        assert.equal(cloud.parameters.get(modelPointer("prod", variant, category)), CHAMPION);
    assert.deepEqual(cloud.weights, { champion: 100, challenger: 0 });
    const texts = rollback.flatMap((report) => report.texts);
    for (const category of ["drinks: AB", "food: PROMOTING"]) {
      const calls = texts.filter((text) => text.startsWith(`ACTION SmartRetail ${category} to ROLLING_BACK`));
      assert.equal(calls.length, 1, category);
    }
    assert.deepEqual(
      rollback.flatMap(({ failures }) => failures),
      [],
    );
    assert.deepEqual(replay, { announced: 0, calls: 0, texts: [], failures: [] });
  });

  it("is asked here for every operation that its adapters import", () => {
    const asked = new Set(seen.account.calls.map(({ operation }) => operation));

    assert.deepEqual([...asked].sort(), importedOperations());
  });

  it("may do everything that it does", () => {
    const denied = seen.account.calls
      .flatMap(asksOf)
      .filter(
        ([action, resource, context]) =>
          account.ask("release-control", action, resource, context as Record<string, string>) !== "allowed",
      );

    assert.deepEqual(denied, []);
  });

  it("may do nothing besides", () => {
    const granted = rightsOfRole(recording, "smartretail-prod-release-control")
      .filter(({ Effect }) => Effect === "Allow")
      .flatMap(actionsOf)
      .filter((action) => !BY_OTHERS.test(action));
    const asked = seen.account.calls.flatMap(asksOf).map(([action]) => action);

    assert.deepEqual([...new Set(granted)].sort(), [...new Set(asked)].sort());
  });
});
