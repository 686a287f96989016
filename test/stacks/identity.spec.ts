import assert from "node:assert/strict";
import type { Statement } from "../../components/policy-document";
import type { RecordedResource, Recording } from "../../preview/recorded-resource";
import { personOf, roleArn, ROLE_NAMES, type Identity, type RoleName } from "../../stacks/identity";
import { testContext } from "../support/context";
import { PERSONAS } from "../../stacks/settings";
import { createFoundation, foundationOf } from "../support/foundation";
import { find, record } from "../support/record";
import { actionsOf, resourcesOf, statementOf, statementsOf } from "../support/statements";

const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/policy:Policy";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const ACCOUNT = "123456789012";

/** Actions that IAM gives no resource (service authorization reference); the statements say so beside each. */
const WITHOUT_RESOURCE =
  /^(cloudwatch:(DescribeAlarms|GetMetricData|ListMetrics|PutMetricData)|ec2:Describe\w+|ecr:GetAuthorizationToken|logs:(\w+LogDelivery|ListLogDeliveries|DescribeLogGroups|DescribeResourcePolicies)|sagemaker:(List\w+|Search)|xray:\w+|application-autoscaling:Describe\w+)$/;

/** Everybody with policies: platform roles, and the personas that people share. */
const HOLDERS = [...ROLE_NAMES, ...PERSONAS];

const policiesOf = (recording: Recording, role: string): RecordedResource[] =>
  recording.resources.filter(({ type, name }) => type === POLICY && name.startsWith(`${role}-`));
const rightsOf = (recording: Recording, role: string): Statement[] =>
  policiesOf(recording, role).flatMap(({ inputs }) => statementsOf(inputs.policy));
const allowed = (statements: readonly Statement[]) => statements.filter(({ Effect }) => Effect === "Allow");
const actionsAllowed = (recording: Recording, role: string) =>
  new Set(allowed(rightsOf(recording, role)).flatMap(actionsOf));

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
      const { Principal, Condition } = statementOf(assumeRolePolicy, "ServiceOfThisAccount");
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
    const scientist = ["data", "guard", "jobs", "registry", "studio"].map((part) => `data-scientist-${part}`);
    assert.deepEqual(attached("aoki"), scientist);
    assert.deepEqual(attached("ito"), scientist);
    assert.deepEqual(
      attached("mori"),
      ["data", "guard", "jobs", "release", "studio"].map((part) => `ml-engineer-${part}`),
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
      const named = actionsOf(statementOf(assumeRolePolicy, "ServiceOfThisAccount")).includes(
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

  for (const environment of ["dev", "prod"] as const) {
    it(`grants nothing of whole services, and nothing on everything, in ${environment}`, () => {
      for (const name of HOLDERS) {
        for (const statement of allowed(rightsOf(environment === "dev" ? dev : prod, name))) {
          assert.ok(!actionsOf(statement).some((action) => action.includes("*")), `${name} ${statement.Sid}`);
          if (!resourcesOf(statement).includes("*")) continue;
          for (const action of actionsOf(statement))
            assert.match(action, WITHOUT_RESOURCE, `${name} ${statement.Sid}`);
        }
      }
    });

    it(`opens keys by their alias only, in ${environment}`, () => {
      for (const name of HOLDERS) {
        for (const statement of allowed(rightsOf(environment === "dev" ? dev : prod, name))) {
          if (!actionsOf(statement).some((action) => action.startsWith("kms:"))) continue;
          const aliases = statement.Condition?.["ForAnyValue:StringEquals"]?.["kms:ResourceAliases"] ?? [];
          assert.ok([aliases].flat().length > 0, `${name} ${statement.Sid}`);
          assert.ok(
            [aliases].flat().every((alias) => String(alias).startsWith(`alias/smartretail-${environment}-`)),
          );
        }
      }
    });
  }

  it("passes roles by name to SageMaker only", () => {
    const passing = HOLDERS.flatMap((name) =>
      allowed(rightsOf(prod, name))
        .filter((statement) => actionsOf(statement).includes("iam:PassRole"))
        .map((statement) => ({ name, statement })),
    );

    assert.deepEqual(passing.map(({ name }) => name).sort(), [
      "data-scientist",
      "ml-engineer",
      "state-machines",
    ]);
    for (const { statement } of passing) {
      assert.deepEqual(statement.Condition, {
        StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" },
      });
      assert.deepEqual(
        statement.Resource,
        ["inference", "processing", "training"].map(
          (role) => `arn:aws:iam::${ACCOUNT}:role/smartretail-prod-${role}`,
        ),
      );
    }
  });

  it("lets scientists propose versions and engineers decide, none both", () => {
    const scientist = actionsAllowed(prod, "data-scientist");
    const engineer = actionsAllowed(prod, "ml-engineer");

    assert.ok(
      scientist.has("sagemaker:CreateModelPackage") && !scientist.has("sagemaker:UpdateModelPackage"),
    );
    assert.ok(engineer.has("sagemaker:UpdateModelPackage") && !engineer.has("sagemaker:CreateModelPackage"));
    assert.ok(scientist.has("sagemaker:CreateTrainingJob") && engineer.has("sagemaker:CreateTrainingJob"));
    for (const action of ["states:StartExecution", "lambda:InvokeFunction"]) {
      assert.deepEqual([scientist.has(action), engineer.has(action)], [false, true], action);
    }
  });

  it("lets versions enter the registry as proposals only", () => {
    for (const name of ["data-scientist", "state-machines"]) {
      const statement = rightsOf(prod, name).find(({ Sid }) => Sid === "RegisterPendingVersions");
      assert.deepEqual(statement?.Condition, {
        StringEquals: { "sagemaker:ModelApprovalStatus": "PendingManualApproval" },
      });
    }
  });

  it("lets only release control move what is live", () => {
    const moving = [
      "sagemaker:UpdateEndpoint",
      "sagemaker:UpdateEndpointWeightsAndCapacities",
      "ssm:PutParameter",
    ];

    for (const name of HOLDERS) {
      const actions = actionsAllowed(prod, name);
      for (const action of moving)
        assert.equal(actions.has(action), name === "release-control", `${name} ${action}`);
    }
  });

  it("keeps raw transactions to the jobs that clean them", () => {
    const raw = "arn:aws:s3:::smartretail-prod-raw-";

    for (const name of HOLDERS) {
      const reads = allowed(rightsOf(prod, name)).some((statement) =>
        resourcesOf(statement).some((arn) => arn.startsWith(raw)),
      );
      assert.equal(reads, name === "processing", name);
    }
  });

  it("lets nobody write or delete raw data, nor delete any object", () => {
    for (const name of HOLDERS) {
      for (const statement of allowed(rightsOf(prod, name))) {
        if (!actionsOf(statement).some((action) => /^s3:(Put|Delete)Object/.test(action))) continue;
        assert.doesNotMatch(JSON.stringify(statement.Resource), /-raw-/, name);
        assert.ok(!actionsOf(statement).some((action) => action.startsWith("s3:Delete")), name);
      }
    }
  });

  it("gives every role of the network's functions no hand on interfaces from within their code", () => {
    for (const name of ["router", "release-control", "order-api"]) {
      const denial = rightsOf(prod, name).find(({ Effect }) => Effect === "Deny");
      assert.deepEqual(denial?.Condition, {
        ArnLike: {
          "lambda:SourceFunctionArn": [
            `arn:aws:lambda:ap-northeast-1:${ACCOUNT}:function:smartretail-prod-*`,
            `arn:aws:lambda:ap-northeast-1:${ACCOUNT}:function:smartretail-prod-*:*`,
          ],
        },
      });
    }
  });

  it("stays far enough below the longest policy for a longer list of instance types", () => {
    for (const { inputs, type } of prod.resources) {
      if (type === POLICY) assert.ok(String(inputs.policy).length < 5200, String(inputs.name));
    }
  });
});
