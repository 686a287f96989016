import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "yaml";
import { type ProviderCall, ProviderJournal } from "../../preview/rehearsal/provider-journal";
import { main } from "../../scripts/rehearse";
import { creationProblems, deletionProblems, replacedIn } from "../../scripts/rehearse/check-journal";
import { makeConsumerProject, makeRehearsalProject } from "../../scripts/rehearse/rehearsal-project";
import { temporaryFolder } from "../runtime/support/temporary-folder";
import { planOf } from "../support/plans";

const BUCKET = "urn:pulumi:dev::smartretail::aws:s3/bucket:Bucket::lake";
const POLICY = "urn:pulumi:dev::smartretail::aws:s3/bucketPolicy:BucketPolicy::lake";
const call = (operation: ProviderCall["operation"], urn: string): ProviderCall => {
  const type = urn.split("::")[2]!;
  return { operation, urn, type, id: urn.split("::")[3]! };
};
const STATE = [
  { urn: BUCKET, type: "aws:s3/bucket:Bucket", custom: true },
  { urn: POLICY, type: "aws:s3/bucketPolicy:BucketPolicy", custom: true, dependencies: [BUCKET] },
];

describe("rehearse", function () {
  this.timeout(90_000);
  const folder = temporaryFolder();

  /** With a CLI that only notes what it is asked. */
  async function rehearse(
    argv: readonly string[],
    read: (argv: readonly string[]) => string,
    {
      isThere = true,
      onShow = () => undefined,
    }: { isThere?: boolean; onShow?: (argv: readonly string[], env: NodeJS.ProcessEnv) => void } = {},
  ) {
    const out: string[] = [];
    const errors: string[] = [];
    const calls: string[] = [];
    let env: NodeJS.ProcessEnv = {};
    const code = await main(argv, {
      out: (text) => out.push(text),
      error: (text) => errors.push(text),
      hasPulumi: () => isThere,
      pulumi: (given) => {
        env = given;
        const show = (options: readonly string[]) => {
          calls.push(options.slice(0, 2).join(" "));
          onShow(options, given);
        };
        return { show, read };
      },
      buildPacks: () => Promise.resolve(),
      plan: (stack) => planOf(stack as "dev"),
    });
    return { code, out: out.join("\n"), errors: errors.join("\n"), calls, env };
  }

  const empty = () => JSON.stringify({ deployment: {} });

  it("says that it was skipped where there is no CLI, and fails where it is required", async () => {
    const skipped = await rehearse([], empty, { isThere: false });
    const required = await rehearse(["--required"], empty, { isThere: false });

    assert.deepEqual([skipped.code, skipped.calls], [0, []]);
    assert.match(skipped.out, /^skipped, nothing was rehearsed: pulumi is not on the PATH/);
    assert.equal(required.code, 1);
    assert.match(required.errors, /^nothing was rehearsed/);
  });

  it("lives a stack's whole life, in a backend of its own", async () => {
    const outputs = JSON.stringify({ contractVersion: 1, results: "smartretail-dev-results" });
    const { code, calls, env, errors } = await rehearse([], ([, what]) =>
      what === "output" ? outputs : empty(),
    );

    assert.equal(code, 0, errors);
    assert.deepEqual(calls, [
      "stack init",
      "preview --policy-pack",
      "up --yes",
      "up --yes",
      "config set",
      "up --yes",
      "stack init",
      "up --yes",
      "destroy --yes",
      "state unprotect",
      "destroy --yes",
    ]);
    assert.match(env.PULUMI_BACKEND_URL ?? "", /^file:\/\/.*\/backend$/);
    assert.ok(!existsSync(env.REHEARSAL_JOURNAL ?? ""));
  });

  it("believes the journal, not the engine: a resource that nobody was asked for is a failure", async () => {
    const { code, errors } = await rehearse([], () => JSON.stringify({ deployment: { resources: STATE } }));

    assert.equal(code, 1);
    assert.match(errors, /expected that everything is made after what it depends on; 2 times/);
    assert.match(errors, /lake is in the state and was never created/);
  });

  it("finds what is made too early, deleted too early, left, or replaced", () => {
    const [first, second] = [call("create", POLICY), call("create", BUCKET)];
    const [bucketGone, policyGone] = [call("delete", BUCKET), call("delete", POLICY)];

    assert.deepEqual(creationProblems(STATE, [second, first]), []);
    assert.deepEqual(creationProblems(STATE, [first, second]), [`${POLICY} was created before ${BUCKET}`]);
    assert.deepEqual(deletionProblems(STATE, [second, first, policyGone, bucketGone]), []);
    assert.deepEqual(deletionProblems(STATE, [second, first, bucketGone, policyGone]), [
      `${BUCKET} was deleted before ${POLICY}`,
    ]);
    assert.deepEqual(deletionProblems(STATE, [second, first, policyGone]), [
      "aws:s3/bucket:Bucket lake is left",
    ]);
    assert.deepEqual(
      deletionProblems([{ ...STATE[0]!, retainOnDelete: true }, STATE[1]!], [second, first, policyGone]),
      [],
    );
    // What is retained is replaced without a deletion.
    assert.deepEqual(replacedIn(STATE, [second]), [BUCKET]);
    assert.deepEqual(replacedIn([STATE[1]!], [second, call("update", POLICY)]), []);
  });

  it("fails where the changed setting does not replace every endpoint configuration", async () => {
    const urn =
      "urn:pulumi:dev::smartretail::aws:sagemaker/endpointConfiguration:EndpointConfiguration::food";
    const state = [{ urn, type: "aws:sagemaker/endpointConfiguration:EndpointConfiguration", custom: true }];
    let journal = "";
    let ups = 0;
    const change = (creations: number) =>
      rehearse(
        [],
        ([, what]) => (what === "output" ? "{}" : JSON.stringify({ deployment: { resources: state } })),
        {
          onShow: ([command], env) => {
            journal = env.REHEARSAL_JOURNAL ?? "";
            if (command !== "up") return;
            ups += 1;
            // The first up makes it; the third is that of the changed setting.
            const isMade = ups === 1 || (ups === 3 && creations > 1);
            if (isMade) new ProviderJournal(journal).write({ ...call("create", urn), id: `food-${ups}` });
          },
        },
      );

    const never = await change(1);
    ups = 0;
    const renewed = await change(2);

    assert.match(never.errors, /^expected that every endpoint configuration is replaced; 1 times/);
    assert.match(never.out, /^replaced: nothing$/m);
    assert.match(renewed.out, /^replaced: urn:pulumi:dev::smartretail::aws:sagemaker.*::food$/m);
    assert.match(renewed.errors, /^expected that it reads the contract/);
  });

  it("makes a project whose providers the engine can start, in which the program is the repository's", async () => {
    makeRehearsalProject(resolve("."), folder.path("project"));
    makeConsumerProject(resolve("."), folder.path("consumer"), "dev");
    const { main: program, plugins } = parse(readFileSync(folder.path("project/Pulumi.yaml"), "utf8")) as {
      main: string;
      plugins: { providers: { name: string; path: string }[] };
    };

    assert.ok(existsSync(folder.path(`project/${program}`)));
    assert.ok(existsSync(folder.path("consumer/node_modules/@pulumi/pulumi")));
    assert.deepEqual(
      plugins.providers.map(({ name }) => name),
      ["aws", "awsx"],
    );
    for (const { name, path } of plugins.providers) {
      const child = spawn(`${path}/pulumi-resource-${name}`, ["127.0.0.1:1"], {
        cwd: folder.path("."),
        stdio: ["ignore", "pipe", "inherit"],
      });
      const said = await Promise.race([once(child.stdout, "data"), once(child, "exit")]);
      assert.match(String(said[0]), /^\d+\n$/, name);
      child.kill();
    }
  });
});
