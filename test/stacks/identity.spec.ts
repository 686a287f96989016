import assert from "node:assert/strict";
import type { Recording } from "../../preview/recorded-resource";
import { ROLE_NAMES, type RoleName } from "../../contracts/roles";
import { personOf, type Identity } from "../../stacks/identity";
import { roleArn } from "../../stacks/role-names";
import { testContext } from "../support/context";
import { createFoundation, foundationOf } from "../support/foundation";
import { find, record } from "../support/record";
import { actionsOf, statementOf } from "../support/statements";

const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/policy:Policy";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const ACCOUNT = "123456789012";

describe("createIdentity", () => {
  let dev: Recording;
  let prod: Recording;
  let identity: Identity;

  before(async () => {
    ({ recording: dev } = await foundationOf("dev"));
    const foundation = await foundationOf("prod");
    prod = foundation.recording;
    identity = foundation.slices.identity;
  });

  it("makes a role for every job, function and service", () => {
    assert.deepEqual([...ROLE_NAMES].sort(), [
      "experiment",
      "feature-store",
      "inference",
      "order-api",
      "processing",
      "release-control",
      "router",
      "scheduler",
      "state-machines",
      "training",
    ]);
    for (const name of ROLE_NAMES) {
      assert.equal(find(prod, ROLE, `${name}-role`).inputs.name, `smartretail-prod-${name}`);
    }
  });

  it("hands out names and ARNs that are known beforehand", () => {
    for (const name of ROLE_NAMES) {
      const arn = `arn:aws:iam::${ACCOUNT}:role/smartretail-prod-${name}`;
      assert.deepEqual(
        [identity.roles[name].name, identity.roles[name].arn],
        [`smartretail-prod-${name}`, arn],
      );
      assert.equal(roleArn(testContext("prod"), name), arn);
    }
  });

  it("trusts each service only for this account, and for its own kind of resource", () => {
    const trusted = (name: RoleName) => {
      const { assumeRolePolicy } = find(prod, ROLE, `${name}-role`).inputs;
      const { Principal, Condition } = statementOf(assumeRolePolicy, "AllowServiceOfThisAccount");
      assert.equal(Condition?.StringEquals?.["aws:SourceAccount"], ACCOUNT, name);
      return [Principal, Condition?.ArnLike?.["aws:SourceArn"]];
    };

    assert.deepEqual(trusted("training"), [
      { Service: "sagemaker.amazonaws.com" },
      [`arn:aws:sagemaker:ap-northeast-1:${ACCOUNT}:*`],
    ]);
    assert.deepEqual(trusted("state-machines"), [
      { Service: "states.amazonaws.com" },
      [`arn:aws:states:ap-northeast-1:${ACCOUNT}:stateMachine:smartretail-prod-*`],
    ]);
    assert.deepEqual(trusted("scheduler"), [
      { Service: "scheduler.amazonaws.com" },
      [`arn:aws:scheduler:ap-northeast-1:${ACCOUNT}:schedule-group/smartretail-prod*`],
    ]);
    assert.deepEqual(trusted("feature-store"), [{ Service: "sagemaker.amazonaws.com" }, undefined]);
    assert.deepEqual(trusted("router"), [{ Service: "lambda.amazonaws.com" }, undefined]);
    for (const name of ROLE_NAMES) trusted(name);
  });

  it("makes a role for every person, with the rights of the persona", () => {
    const attached = (person: string) =>
      prod.resources
        .filter(
          ({ type, inputs }) => type === ATTACHMENT && inputs.role === `smartretail-prod-studio-${person}`,
        )
        .map(({ inputs }) => String(inputs.policyArn).split("smartretail-prod-")[1])
        .sort();

    assert.deepEqual(Object.keys(identity.people), ["aoki", "ito", "mori"]);
    assert.equal(personOf(identity, "ito").arn, `arn:aws:iam::${ACCOUNT}:role/smartretail-prod-studio-ito`);
    const scientist = ["data", "guard", "jobs", "keys", "registry", "studio"].map(
      (part) => `data-scientist-${part}`,
    );
    assert.deepEqual(attached("aoki"), scientist);
    assert.deepEqual(attached("ito"), scientist);
    assert.deepEqual(
      attached("mori"),
      ["data", "guard", "jobs", "keys", "release", "studio"].map((part) => `ml-engineer-${part}`),
    );
  });

  it("makes no rights for a persona that nobody has", async () => {
    const context = testContext("dev", { studioUserProfiles: ["aoki=data-scientist"] });
    const { resources } = await record(() => void createFoundation(context));

    assert.ok(!resources.some(({ name }) => name.startsWith("ml-engineer")));
  });

  it("knows nobody but the profiles of the settings", () => {
    assert.throws(() => personOf(identity, "sato"), {
      message: 'no Studio user "sato"; there are: aoki, ito, mori',
    });
  });

  it("names the person behind a Studio session", () => {
    for (const name of [...ROLE_NAMES, "studio-aoki", "studio-mori"]) {
      const { assumeRolePolicy } = find(prod, ROLE, `${name}-role`).inputs;
      const named = actionsOf(statementOf(assumeRolePolicy, "AllowServiceOfThisAccount")).includes(
        "sts:SetSourceIdentity",
      );
      assert.equal(named, name.startsWith("studio-"), name);
    }
  });

  it("puts the boundary of the settings on every role, people and flow logs included", async () => {
    const permissionsBoundaryArn = `arn:aws:iam::${ACCOUNT}:policy/boundary`;
    const bounded = await record(() => void createFoundation(testContext("dev", { permissionsBoundaryArn })));

    const boundaries = (recording: Recording) =>
      recording.resources.filter(({ type }) => type === ROLE).map(({ inputs }) => inputs.permissionsBoundary);
    assert.equal(boundaries(bounded).length, ROLE_NAMES.length + 3);
    assert.ok(boundaries(bounded).every((arn) => arn === permissionsBoundaryArn));
    assert.ok(boundaries(dev).every((arn) => arn === undefined));
  });

  it("attaches customer-managed policies of the environment only, every one of them", () => {
    const attached = prod.resources
      .filter(({ type }) => type === ATTACHMENT)
      .map(({ inputs }) => inputs.policyArn);
    const made = prod.resources.filter(({ type }) => type === POLICY).map(({ outputs }) => outputs.arn);

    assert.deepEqual([...new Set(attached)].sort(), made.sort());
    assert.ok(
      made.every((arn) => String(arn).startsWith(`arn:aws:iam::${ACCOUNT}:policy/smartretail-prod-`)),
    );
  });
});
