import assert from "node:assert/strict";
import { accountOf, type Account } from "../support/account";
import { planOf } from "../support/plans";
import {
  ENGINEER,
  FORBIDDEN,
  GRANT,
  JOB_NOT_ISOLATED,
  NEEDED,
  own,
  PREFIX,
  SCIENTIST,
  type Case,
} from "../support/rights-table";

describe("what IAM decides in prod", () => {
  let account: Account;
  before(async () => {
    account = accountOf((await planOf("prod")).recording, PREFIX);
  });

  const say = ([holder, action, resource, context]: Case) =>
    `${holder}: ${action} on ${resource} ${JSON.stringify(context ?? {})}`;

  it("allows everything that a job, function, machine or person has to do", () => {
    const denied = NEEDED.filter((one) => account.ask(...one) !== "allowed");

    assert.deepEqual(denied.map(say), []);
  });

  it("allows nothing of what they must not do", () => {
    const open = FORBIDDEN.filter((one) => account.ask(...one) === "allowed");

    assert.ok(FORBIDDEN.length >= 50);
    assert.deepEqual(open.map(say), []);
  });

  it("starts jobs that stay inside, whatever the kind, and networked ones for the machines by name", () => {
    for (const holder of ["state-machines", SCIENTIST, ENGINEER]) {
      for (const [action, type] of [
        ["CreateTrainingJob", "training-job"],
        ["CreateProcessingJob", "processing-job"],
        ["CreateHyperParameterTuningJob", "hyper-parameter-tuning-job"],
        ["CreateTransformJob", "transform-job"],
        ["CreateModel", "model"],
      ] as const) {
        const ask = (changes = {}) =>
          account.ask(holder, `sagemaker:${action}`, own(type), { ...account.insideJob, ...changes });
        assert.equal(ask(), "allowed", `${holder} ${action}`);
        if (action !== "CreateTransformJob")
          assert.notEqual(ask(JOB_NOT_ISOLATED), "allowed", `${holder} ${action}`);
      }
    }
    const networked = (holder: string) =>
      account.ask(holder, "sagemaker:CreateProcessingJob", own("processing-job", "online-features-1"), {
        ...account.insideJob,
        ...JOB_NOT_ISOLATED,
      });
    assert.deepEqual([networked("state-machines"), networked(SCIENTIST)], ["allowed", "not allowed"]);
  });

  it("uses keys where the role and the key's own policy say so", () => {
    const use = (
      holder: string,
      purpose: Parameters<Account["key"]>[0],
      action = "kms:Decrypt",
      context = {},
    ) => account.ask(holder, action, account.key(purpose), context);

    for (const holder of ["processing", "training", "inference", "experiment", SCIENTIST]) {
      assert.equal(use(holder, "data-lake"), "allowed", holder);
      assert.equal(use(holder, "data-lake", "kms:CreateGrant", GRANT), "allowed", holder);
      assert.notEqual(use(holder, "data-lake", "kms:CreateGrant"), "allowed", holder);
      assert.notEqual(use(holder, "operations"), "allowed", holder);
    }
    assert.equal(
      use("feature-store", "feature-store", "kms:GenerateDataKey", { "kms:ViaService": undefined }),
      "allowed",
    );
    assert.notEqual(use("scheduler", "data-lake"), "allowed");
    for (const reader of ["router", "order-api"]) assert.equal(use(reader, "data-lake"), "allowed", reader);
    assert.notEqual(use("training", "data-lake", "kms:Decrypt", { "kms:ViaService": undefined }), "allowed");
    assert.notEqual(use("processing", "data-lake", "kms:ScheduleKeyDeletion"), "allowed");
  });

  it("gives the domain's own role nothing at all", () => {
    for (const [, action, resource, context] of NEEDED) {
      assert.notEqual(account.ask("studio-default", action, resource, context), "allowed", action);
    }
  });
});
