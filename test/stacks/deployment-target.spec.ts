import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { stackNames } from "../../preview/stack-config";
import { checkDeploymentTarget, DOCUMENTATION_ACCOUNT_ID } from "../../stacks/deployment-target";
import { testSettings } from "../support/context";

const REAL = {
  alertEmails: ["ml@smartretail-stores.jp"],
  allowedAccountIds: ["210987654321"],
  breakGlassRoleNames: ["fire"],
  deployerRoleNames: ["ops/smartretail-deployer"],
};
const session = (role: string) => `arn:aws:sts::210987654321:assumed-role/${role}/ci`;
const check = (changes: Partial<Parameters<typeof checkDeploymentTarget>[0]> = {}, settings = {}) => {
  checkDeploymentTarget({
    settings: testSettings("prod", { ...REAL, ...settings }),
    accountId: "210987654321",
    callerArn: session("smartretail-deployer"),
    isPreview: false,
    ...changes,
  });
};

describe("checkDeploymentTarget", () => {
  it("lets a deployer, or a role for an emergency, deploy to the account of the stack", () => {
    check();
    check({ callerArn: session("fire") });
  });

  it("stops at the door of any other account", () => {
    assert.throws(() => check({ accountId: "999999999999" }), {
      message:
        "the credentials are of account 999999999999; allowed for prod by aws:allowedAccountIds: 210987654321",
    });
  });

  it("stops a caller whom the key and bucket policies would lock out", () => {
    const says = (callerArn: string) =>
      `the caller is ${callerArn}; allowed: a session of a role of smartretail:deployerRoleNames or breakGlassRoleNames (ops/smartretail-deployer, fire)`;

    for (const callerArn of [
      session("Admin"),
      session("not-smartretail-deployer"),
      "arn:aws:iam::210987654321:user/smartretail-deployer",
      "arn:aws:iam::210987654321:root",
    ]) {
      assert.throws(() => check({ callerArn }), { message: says(callerArn) });
    }
  });

  it("lets anybody of the account preview", () => {
    check({ callerArn: session("smartretail-preview"), isPreview: true });
    assert.throws(() => check({ accountId: "999999999999", isPreview: true }), /account 999999999999/);
  });

  it("lets an emulator of the documentation's account create everything, whoever calls", () => {
    check(
      {
        accountId: DOCUMENTATION_ACCOUNT_ID,
        callerArn: `arn:aws:iam::${DOCUMENTATION_ACCOUNT_ID}:user/emulator`,
      },
      { allowedAccountIds: [DOCUMENTATION_ACCOUNT_ID] },
    );
  });

  it("takes no address of a domain that is kept for examples", () => {
    for (const email of [
      "a@example.jp",
      "a@mail.example.com",
      "a@EXAMPLE.org",
      "a@stores.invalid",
      "a@x.test",
    ]) {
      assert.throws(() => check({}, { alertEmails: [email] }), {
        message: `smartretail:alertEmails has "${email}"; allowed outside the offline plan: an address that somebody reads`,
      });
    }
    check({}, { alertEmails: ["a@my-example.jp", "b@test-stores.jp"] });
  });

  it("takes them in the account of the documentation, where a plan is made without a cloud", () => {
    const imaginary = { allowedAccountIds: [DOCUMENTATION_ACCOUNT_ID], alertEmails: ["a@example.jp"] };

    check({ accountId: DOCUMENTATION_ACCOUNT_ID }, imaginary);
  });

  it("says everything that is wrong at once", () => {
    assert.throws(
      () => check({ accountId: "999999999999", callerArn: session("x") }, { alertEmails: ["a@example.jp"] }),
      (error: Error) => error.message.split("\n").length === 3,
    );
  });
});

describe("the stack files", () => {
  it("give every stack an account of its own, the documentation's aside", () => {
    const accounts = stackNames(".").flatMap((stack) => {
      const { config } = parse(readFileSync(`Pulumi.${stack}.yaml`, "utf8")) as {
        config: Record<string, string[]>;
      };
      return config["aws:allowedAccountIds"] ?? assert.fail(`Pulumi.${stack}.yaml allows any account`);
    });
    const real = accounts.filter((id) => id !== DOCUMENTATION_ACCOUNT_ID);

    assert.equal(new Set(real).size, real.length, `an account stands in two stacks: ${real.join(", ")}`);
  });
});
