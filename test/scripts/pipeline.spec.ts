import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { LocalCloud } from "../../runtime/pipelines/local/local-cloud";
import { createModelPackage } from "../../runtime/pipelines/local/registry";
import { temporaryFolder } from "../runtime/support/temporary-folder";
import { pipeline } from "./support/pipeline-process";
import { endOf } from "./support/week-process";

const ARN = "arn:aws:sagemaker:ap-northeast-1:000000000000:model-package/models-food/lost";

describe("npm run pipeline, looking at an account", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  /** An account with a version that waits for its approval. */
  const account = (): { path: string; proposed: string } => {
    const path = folder.path("account");
    const cloud = new LocalCloud(path);
    cloud.writeJson({ files: "generated" }, "history.json");
    const given = {
      ModelPackageGroupName: "models-food",
      ModelApprovalStatus: "PendingManualApproval",
      CustomerMetadataProperties: {},
      ClientToken: "one",
    } as const;
    const call = { cloud, given, callId: "1", signal: new AbortController().signal };
    const made = createModelPackage(call) as { readonly ModelPackageArn: string };
    return { path, proposed: made.ModelPackageArn };
  };

  it("makes none by looking", async () => {
    const path = folder.path("none");
    const listed = await endOf(pipeline(["runs", "--account", path]));
    const json = await endOf(pipeline(["runs", "--account", path, "--json"]));
    const approved = await endOf(pipeline(["approve", ARN, "--account", path]));

    const none = `there is no account at ${path} yet: npm run pipeline -- weekly makes one\n`;
    assert.deepEqual([listed.code, listed.out], [0, `no runs: ${none}`], listed.error);
    assert.deepEqual([json.code, json.out, json.error], [0, '{"runs":[]}\n', ""]);
    assert.deepEqual([approved.code, approved.error], [1, `nothing can be approved: ${none}`]);
    assert.equal(existsSync(path), false);
  });

  it("names the versions that wait when a version to approve is unknown, and approves one of them", async () => {
    const { path, proposed } = account();
    const unknown = await endOf(pipeline(["approve", ARN, "--account", path]));
    const known = await endOf(pipeline(["approve", proposed, "--account", path, "--json"]));
    const none = await endOf(pipeline(["approve", ARN, "--account", path]));

    const words = `there is no model package ${ARN}; `;
    assert.deepEqual([unknown.code, unknown.error], [1, `${words}for an approval wait: ${proposed}\n`]);
    assert.deepEqual([known.code, JSON.parse(known.out)], [0, { approved: proposed }], known.error);
    assert.deepEqual([none.code, none.error], [1, `${words}none waits for an approval\n`]);
    const [file = ""] = new LocalCloud(path).names("packages", "models-food");
    const found = new LocalCloud(path).readJson<object>("packages", "models-food", file);
    assert.equal((found as { ModelApprovalStatus: string }).ModelApprovalStatus, "Approved");
  });

  it("rejects what is not for a look, and a name that is no ARN", async () => {
    for (const [argv, message] of [
      [["monthly"], /^"monthly" is nothing to do; allowed: nightly, weekly, tune, runs, approve \(/],
      [["runs", "--date", "2026-11-25"], /^--date is for a run that starts: runs starts none\n$/],
      [
        ["weekly", "--account", "/dev/null/account"],
        /^the account \/dev\/null\/account cannot be made: \/dev\/null is a file\n$/,
      ],
      [["approve"], /^approve takes the ARN of a model package/],
      [["approve", "food-1"], /^approve takes the ARN of a model package/],
      [
        ["runs", "--data", folder.path("any")],
        /^--data is for the first run of an account: runs only looks at one\n$/,
      ],
    ] as const) {
      const { code, out, error } = await endOf(pipeline(argv));

      assert.deepEqual([code, out], [1, ""]);
      assert.match(error, message);
    }
  });

  it("says in one line that nobody is signed in to a stack's account", async () => {
    const nobody = {
      ...{ AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "", AWS_EC2_METADATA_DISABLED: "true" },
      ...{
        AWS_CONFIG_FILE: folder.path("no"),
        AWS_SHARED_CREDENTIALS_FILE: folder.path("no"),
      },
    };
    const { code, out, error } = await endOf(pipeline(["nightly", "--stack", "dev"], nobody));

    assert.deepEqual([code, out], [1, ""]);
    assert.match(error, /^nobody is signed in to AWS: [^\n]+\n$/);
  });
});
