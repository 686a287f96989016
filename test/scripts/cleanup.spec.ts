import assert from "node:assert/strict";
import { planEnvironment, type Plan } from "../../preview/plan-environment";
import { main } from "../../scripts/cleanup";
import { cleanupAccount } from "../../scripts/cleanup/cleanup-account";
import { cleanupScope, type CleanupScope } from "../../scripts/cleanup/cleanup-scope";
import { parseSettings } from "../../stacks/settings";
import { FakeAccount } from "./cleanup/fake-account";
import { addStrangers, fillAccount } from "./cleanup/fill-account";
import type { AccountState } from "./cleanup/fake-state";

const THROTTLED = { status: 400, json: { __type: "ThrottlingException", message: "Rate exceeded" } };
const SLOW_DOWN = {
  status: 503,
  xml: "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>",
};
/** In the order in which they are stopped: a tuning would replace a training that is. */
const JOB_KINDS = ["tuning", "training", "processing", "transform"];
const DENIED = {
  status: 400,
  json: { __type: "AccessDeniedException", message: "not authorized to do this" },
};

/** Everything of the account as plain text, to be compared. */
function contents(state: AccountState): Record<string, unknown> {
  const plain = (value: unknown): unknown => {
    if (value instanceof Map) return Object.fromEntries([...value].map(([key, each]) => [key, plain(each)]));
    if (value instanceof Set) return [...value];
    return value;
  };
  const { tags, ourVpcs, accountId, ...things } = state;
  void [tags, ourVpcs, accountId];
  return Object.fromEntries(Object.entries(things).map(([name, value]) => [name, plain(value)]));
}

describe("cleanup", () => {
  let dev: Plan;
  let scope: CleanupScope;

  before(async () => {
    dev = await planEnvironment("dev");
    scope = cleanupScope(dev, parseSettings(dev.config.config), "123456789012");
  });

  function given(options: { readonly used?: boolean } = {}) {
    const account = new FakeAccount();
    if (options.used !== false) fillAccount(account.state, scope);
    addStrangers(account.state, scope);
    return account;
  }

  async function run(account: FakeAccount, ...argv: string[]) {
    const out: string[] = [];
    const errors: string[] = [];
    const code = await main(["--stack", "dev", ...argv], {
      out: (text) => out.push(text),
      error: (text) => errors.push(text),
      colour: false,
      plan: () => Promise.resolve(dev),
      account: () => Promise.resolve(cleanupAccount(account.clients())),
      sleep: account.sleep,
      progress: { write: () => true },
      ask: undefined,
    });
    return { code, out: out.join("\n"), errors: errors.join("\n") };
  }

  /** What is left when nothing of the environment is: the strangers, and what `pulumi destroy` deletes itself. */
  function onlyStrangers(): Record<string, unknown> {
    const { state } = given({ used: false });
    state.domains.set("d-live", scope.domainNames[0]!);
    for (const name of scope.modelPackageGroupNames) state.modelPackages.set(name, new Set());
    for (const name of scope.bucketNames) state.buckets.set(name, []);
    for (const name of scope.repositoryNames) state.images.set(name, new Set());
    state.uploads.set(scope.bucketNames[0]!, new Set());
    return contents(state);
  }

  const left = (account: FakeAccount) => contents(account.state);

  it("lists everything with its price and changes nothing", async () => {
    const account = given();
    const before = left(account);

    const { code, out } = await run(account, "--json");

    assert.equal(code, 0);
    assert.deepEqual(left(account), before);
    assert.deepEqual(
      account.calls.filter((call) => /Delete|Stop|Deregister|Revoke/.test(call)),
      [],
    );
    const { lines, billingUsd } = JSON.parse(out) as {
      lines: { kind: string; remnant: { name: string; monthlyUsd?: number } }[];
      billingUsd: number;
    };
    const kinds = new Set(lines.map(({ kind }) => kind));
    assert.equal(kinds.size, 17, "one of every kind, also what others of ours are still in the way of");
    const of = (kind: string) => lines.filter((line) => line.kind === kind);
    assert.equal(of("endpoints").length, 4);
    assert.equal(of("running executions").length, 1);
    const configurations = account.state.configurations.size - 1;
    assert.equal(of("endpoint configurations").length, configurations, "those that endpoints run on, too");
    assert.equal(of("models").length, scope.modelNames.length + 3, "those that configurations name, too");
    const jobs = of("running jobs").map(({ remnant }) => remnant);
    assert.deepEqual([...new Set(jobs.map(({ name }) => name.split(" ")[0]))], JOB_KINDS);
    assert.equal(jobs.length, 3 * JOB_KINDS.length);
    // By the second while they run: no price a month.
    for (const { monthlyUsd } of jobs) assert.equal(monthlyUsd, undefined);
    for (const { remnant } of of("registered model versions")) assert.equal(remnant.monthlyUsd, 0);
    // 2 x ml.m5.large at about 0.149 USD an hour.
    assert.ok(Math.abs((of("endpoints")[0]?.remnant.monthlyUsd ?? 0) - 2 * 0.149 * 730) < 2);
    assert.equal(of("bucket contents")[0]?.remnant.monthlyUsd, 4 * 0.025);
    assert.ok(billingUsd > 4 * 200);
  });

  it("says in the table what is billed and how to go on", async () => {
    const { out } = await run(given());

    assert.match(out, /^kind +name +what there is +USD a month/m);
    assert.match(out, /bucket contents +smartretail-dev-raw-123456789012 +5 versions, 4\.00 GB +0\.10/);
    assert.match(out, /nothing was deleted: add --apply$/);
  });

  it("deletes everything of the environment and nothing else", async () => {
    const account = given();

    const { code, out } = await run(account, "--apply");

    assert.equal(code, 0, out);
    assert.deepEqual(left(account), onlyStrangers());
    assert.match(out, /then: pulumi destroy --stack dev$/);
  });

  it("deletes in AWS's order: what works, what runs by the hour, what holds data, and what others write last", async () => {
    const account = given();
    await run(account, "--apply");

    const named = account.calls.map((call) =>
      call
        .replace(/^s3\.(.* delete|DELETE .*)$/, "s3.DeleteObjects")
        .replace(/^(elasticfilesystem\.DELETE \S+).*/, "$1"),
    );
    const first = [...new Set(named.filter((call) => /Delete|DELETE|Stop|Deregister/.test(call)))];
    assert.deepEqual(first, [
      "states.StopExecution",
      "sagemaker.StopHyperParameterTuningJob",
      "sagemaker.StopTrainingJob",
      "sagemaker.StopProcessingJob",
      "sagemaker.StopTransformJob",
      "application-autoscaling.DeregisterScalableTarget",
      "sagemaker.DeleteEndpoint",
      "sagemaker.DeleteEndpointConfig",
      "sagemaker.DeleteModel",
      "sagemaker.DeleteApp",
      "sagemaker.DeleteSpace",
      "sagemaker.DeleteFeatureGroup",
      "glue.DeleteTable",
      "sagemaker.DeleteModelPackage",
      "s3.DeleteObjects",
      "ecr.BatchDeleteImage",
      "elasticfilesystem.DELETE /2015-02-01/mount-targets",
      "elasticfilesystem.DELETE /2015-02-01/file-systems",
      "ec2.DeleteSecurityGroup",
      "logs.DeleteLogGroup",
    ]);
    // Emptying the others still writes into it.
    const logging = dev.recording.resources.find(({ type }) => type.includes("bucketLogging"))!.inputs;
    const logBucket = String(logging["targetBucket"]).replace(/\d{12}/, scope.accountId);
    assert.equal(scope.bucketNames.at(-1), logBucket);
  });

  it("knows the models of a stopped night by the tags that the machine gives them", () => {
    const machines = dev.recording.resources.filter(({ type }) => type.includes("stateMachine:StateMachine"));
    const makers = machines.flatMap(({ inputs }) =>
      [...JSON.stringify(inputs["definition"] ?? "").matchAll(/createModel/g)].map(() => inputs),
    );
    assert.ok(makers.length > 0);
    for (const { definition } of makers) {
      const text = String(definition);
      for (const [Key, Value] of Object.entries(scope.tags))
        assert.ok(text.includes(JSON.stringify({ Key, Value })), `${Key} ${Value}`);
    }
  });

  it("does not wait for what AWS has given up deleting: says why, and asks again the next time", async () => {
    const account = given();
    const [name = ""] = scope.featureGroupNames;
    const [group, space] = [account.state.featureGroups.get(name)!, account.state.spaces.get("aoki-1")!];
    for (const thing of [group, space]) thing.isStuck = true;

    const first = await run(account, "--apply");

    assert.equal(first.code, 1);
    assert.match(first.out, new RegExp(`feature groups +${name} .* DeleteFailed: the key is disabled$`, "m"));
    assert.match(first.out, /Studio spaces +aoki-1 .* Delete_Failed: its apps or files$/m);
    assert.ok(account.sleeps < 40, `${account.sleeps} looks are half an hour for each kind`);

    for (const thing of [group, space]) thing.isStuck = false;
    assert.equal((await run(account, "--apply")).code, 0);
    assert.deepEqual(left(account), onlyStrangers());
  });

  it("finds nothing more the second time", async () => {
    const account = given();
    await run(account, "--apply");

    const { code, out } = await run(account);

    assert.equal(code, 0);
    assert.equal(out, "nothing of dev is in the way of pulumi destroy");
  });

  it("tries throttled calls again", async () => {
    const account = given();
    const once = new Set(["DeleteModelPackage", "ListApps", "DeleteLogGroup"]);
    account.fail((service, operation) => {
      if (once.delete(operation)) return THROTTLED;
      return service === "s3" && once.delete("s3") ? SLOW_DOWN : undefined;
    });
    once.add("s3");

    const { code } = await run(account, "--apply");

    assert.equal(code, 0);
    assert.deepEqual(left(account), onlyStrangers());
    assert.equal(once.size, 0);
  });

  it("goes on after what it may not do, names it, and is done with it the next time", async () => {
    const account = given();
    account.fail((_, operation) =>
      ["DeleteApp", "ListModelPackages"].includes(operation) ? DENIED : undefined,
    );

    const first = await run(account, "--apply");

    assert.equal(first.code, 1);
    assert.match(
      first.out,
      /Studio apps +aoki-1\/JupyterLab\/default .*AccessDeniedException: not authorized/,
    );
    assert.match(first.out, /Studio spaces +aoki-1 .*ResourceInUse: the space has apps/);
    assert.match(first.out, /registered model versions: the account cannot be asked: AccessDeniedException/);
    assert.match(first.out, /6 left \(.*\), 1 kind could not be seen: run it again$/);
    assert.equal(account.state.buckets.get(scope.bucketNames[0]!)?.length, 0);

    account.heal();
    const second = await run(account, "--apply");

    assert.equal(second.code, 0, second.out);
    assert.deepEqual(left(account), onlyStrangers());
  });

  it("sends nobody on to pulumi destroy while a kind could not be seen", async () => {
    const account = given();
    account.fail((_, operation) => (operation === "GetTables" ? DENIED : undefined));

    const looked = await run(account);
    const { code, out } = await run(account, "--apply");

    assert.match(looked.out, /without what could not be seen; nothing was deleted: add --apply$/);
    assert.equal(code, 1);
    assert.match(out, /^tables of feature groups: the account cannot be asked: AccessDenied/m);
    assert.match(out, /\d+ deleted; 1 kind could not be seen: run it again$/);
  });

  it("is resumed wherever it was stopped", async () => {
    const whole = given();
    await run(whole, "--apply");
    const count = whole.calls.length;

    for (let stop = 5; stop < count; stop += Math.ceil(count / 9)) {
      const account = given();
      // A killed process makes no more calls; what AWS had begun goes on.
      account.fail(() => (account.calls.length > stop ? DENIED : undefined));
      await run(account, "--apply");
      account.heal();

      const { code, out } = await run(account, "--apply");

      assert.equal(code, 0, `stopped after ${stop} of ${count} calls: ${out}`);
      assert.deepEqual(left(account), onlyStrangers(), `stopped after ${stop} of ${count} calls`);
    }
  });

  it("reports single objects that a bucket keeps", async () => {
    const account = given();
    const kept = "<Error><Key>a</Key><VersionId>a1</VersionId><Code>AccessDenied</Code></Error>";
    account.fail((service, operation) =>
      service === "s3" && operation.endsWith(" delete")
        ? { xml: `<DeleteResult>${kept}</DeleteResult>` }
        : undefined,
    );

    const { code, out } = await run(account, "--apply");

    assert.equal(code, 1);
    assert.match(out, /1 versions stay, such as a: AccessDenied/);
  });

  it("deletes no configuration under a live endpoint", async () => {
    const account = given();
    account.fail((_, operation) => (operation === "DeleteEndpoint" ? DENIED : undefined));

    await run(account, "--apply");

    const running = [...account.state.endpoints.values()].map(({ configuration }) => configuration);
    for (const configuration of running) assert.ok(account.state.configurations.has(configuration));
  });

  it("says what AWS is still deleting when it has waited long enough", async () => {
    const account = given();
    const out: string[] = [];
    const code = await main(["--stack", "dev", "--apply"], {
      out: (text) => out.push(text),
      error: () => undefined,
      plan: () => Promise.resolve(dev),
      account: () => Promise.resolve(cleanupAccount(account.clients())),
      // Nothing ever gets nearer to its end.
      sleep: () => Promise.resolve(),
      progress: { write: () => true },
    });

    assert.equal(code, 1);
    assert.match(out.join("\n"), /^endpoints +smartretail-dev-\S+ .* still being deleted$/m);
    assert.match(out.join("\n"), /\d+ left \(\d+\.\d\d USD a month.*\): run it again$/);
  });

  it("rejects another account than the stack's before it looks at anything", async () => {
    const account = given();
    account.state.accountId = "999999999999";

    const { code, errors } = await run(account, "--apply");

    assert.equal(code, 1);
    assert.match(
      errors,
      /^the credentials are of account 999999999999; allowed for dev by aws:allowedAccountIds: 123456789012$/,
    );
    assert.deepEqual(account.calls, ["sts.GetCallerIdentity"]);
  });

  describe("of a stack that protects its data", () => {
    let prod: Plan;
    before(async () => {
      prod = await planEnvironment("prod");
    });

    async function typed(answer: string | undefined, ...argv: string[]) {
      const account = new FakeAccount();
      account.state.accountId = parseSettings(prod.config.config).allowedAccountIds[0]!;
      const errors: string[] = [];
      const code = await main(["--stack", "prod", "--apply", ...argv], {
        out: () => undefined,
        error: (text) => errors.push(text),
        plan: () => Promise.resolve(prod),
        account: () => Promise.resolve(cleanupAccount(account.clients())),
        sleep: account.sleep,
        progress: { write: () => true },
        ask: answer === undefined ? undefined : () => Promise.resolve(answer),
      });
      return { code, errors: errors.join("\n"), calls: account.calls.length };
    }

    it("asks for the stack's name, and takes nothing else", async () => {
      const wrong = await typed("yes");

      assert.deepEqual([wrong.code, wrong.calls], [1, 0]);
      assert.match(
        wrong.errors,
        /--confirm is "yes"; prod is production or protects its data: allowed: --confirm prod/,
      );
      assert.equal((await typed("prod")).code, 0);
    });

    it("rejects a run that nobody can answer, unless the name is given", async () => {
      assert.match((await typed(undefined)).errors, /--confirm is not given/);
      assert.equal((await typed(undefined, "--confirm", "prod")).code, 0);
    });
  });

  it("rejects a missing stack in one line", async () => {
    const errors: string[] = [];
    const code = await main([], { error: (text) => errors.push(text) });

    assert.deepEqual([code, errors.length], [1, 1]);
    assert.match(errors[0]!, /^--stack is not given \(npm run cleanup/);
  });
});
