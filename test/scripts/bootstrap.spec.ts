import assert from "node:assert/strict";
import { GetRoleCommand, IAMClient, UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import { DescribeKeyCommand, GetKeyRotationStatusCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  GetBucketEncryptionCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import type { Statement } from "../../components/policy-document";
import { DEPLOYMENT_NAMESPACE, METRIC_NAMESPACE } from "../../contracts/metrics";
import { main } from "../../scripts/bootstrap";
import { foundationOf } from "../../scripts/bootstrap/foundation";
import { startEmulator, type Emulator } from "../support/emulator";
import { decide } from "../support/iam";
import { actionsOfPattern, fillsKey } from "../support/service-reference";
import { skipWithout } from "../support/skip-without";
import { actionsOf, statementsOf } from "../support/statements";

const SCOPE = {
  accountId: "123456789012",
  stack: "prod",
  environment: "prod",
  region: "ap-northeast-1",
  repository: "smartretail/platform",
};
const ARGV = ["--stack", "prod", "--repository", "smartretail/platform"];
const foundation = foundationOf(SCOPE);
const rights = (role: string): Statement[] =>
  foundation.roles
    .filter(({ name }) => name === role)
    .flatMap(({ policies }) => Object.values(policies).flatMap((policy) => statementsOf(policy)));
const ask = (role: string, action: string, resource: string, context = {}) =>
  decide(rights(role), {
    action,
    resource,
    context: { "aws:RequestedRegion": "ap-northeast-1", ...context },
  });

describe("the foundation of a deployment", () => {
  it("trusts one GitHub environment of one repository for each role", () => {
    const subjects = foundation.roles.map(({ name, trust }) => [
      name,
      /"([^"]+:sub)":"([^"]+)"/.exec(trust)?.[2],
    ]);

    assert.deepEqual(subjects, [
      ["smartretail-deployer", "repo:smartretail/platform:environment:prod"],
      ["smartretail-preview", "repo:smartretail/platform:environment:prod-preview"],
    ]);
    for (const { trust } of foundation.roles) assert.match(trust, /:aud":"sts\.amazonaws\.com"/);
  });

  it("trusts the stack's own GitHub environment where two stacks have one environment, each in its account", async () => {
    const lines: string[] = [];
    const connect = () => Promise.resolve({ accountId: "210987654321" } as never);

    const code = await main(["--stack", "lean", "--repository", "smartretail/platform", "--dry-run"], {
      connect,
      out: (text) => lines.push(text),
    });

    assert.equal(code, 0);
    const lean = JSON.parse(lines.join("\n")) as ReturnType<typeof foundationOf>;
    assert.equal(lean.stateBucket, "smartretail-prod-state-210987654321");
    assert.deepEqual(
      lean.roles.map(({ trust }) => /environment:([\w-]+)/.exec(trust)?.[1]),
      ["lean", "lean-preview"],
    );
  });

  it("lets the preview read the state and what endpoints run, and nothing else", () => {
    const actions = new Set(rights("smartretail-preview").flatMap(actionsOf));

    assert.deepEqual([...actions].sort(), [
      "cloudwatch:PutMetricData",
      "kms:Decrypt",
      "kms:DescribeKey",
      "s3:GetBucketLocation",
      "s3:GetObject",
      "s3:ListBucket",
      "sagemaker:DescribeEndpoint",
      "sagemaker:DescribeEndpointConfig",
      "ssm:GetParameter",
    ]);
    const state = "arn:aws:s3:::smartretail-prod-state-123456789012/.pulumi/stacks/prod.json";
    assert.equal(ask("smartretail-preview", "s3:GetObject", state), "allowed");
    assert.equal(ask("smartretail-preview", "s3:PutObject", state), "not allowed");
    assert.equal(
      ask("smartretail-preview", "s3:GetObject", "arn:aws:s3:::smartretail-prod-raw-123456789012/a"),
      "not allowed",
    );
  });

  it("lets the preview publish what it found, and nothing that tells models good or bad", () => {
    const publish = (namespace: string) =>
      ask("smartretail-preview", "cloudwatch:PutMetricData", "*", { "cloudwatch:namespace": namespace });

    assert.equal(publish(DEPLOYMENT_NAMESPACE), "allowed");
    assert.equal(publish(METRIC_NAMESPACE), "not allowed");
  });

  it("lets the deployer make the platform in its region, and stay away from data, its own door and the state's end", () => {
    const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
    const deployer = (action: string, resource: string, context = {}) =>
      ask("smartretail-deployer", action, resource, context);

    assert.equal(
      deployer("sagemaker:CreateEndpoint", "arn:aws:sagemaker:ap-northeast-1:123456789012:endpoint/x"),
      "allowed",
    );
    assert.equal(deployer("iam:CreateRole", role("smartretail-prod-training")), "allowed");
    assert.equal(
      deployer(
        "iam:CreateServiceLinkedRole",
        role("aws-service-role/sagemaker.application-autoscaling.amazonaws.com/x"),
        {
          "iam:AWSServiceName": "sagemaker.application-autoscaling.amazonaws.com",
        },
      ),
      "allowed",
    );
    for (const [action, resource, context] of [
      ["s3:GetObject", "arn:aws:s3:::smartretail-prod-raw-123456789012/a.parquet"],
      ["s3:DeleteObjectVersion", "arn:aws:s3:::smartretail-prod-state-123456789012/a"],
      ["iam:CreateRole", role("admin")],
      ["iam:CreateRole", role("smartretail-dev-training")],
      ["iam:PutRolePolicy", role("smartretail-deployer")],
      ["iam:CreateUser", "arn:aws:iam::123456789012:user/x"],
      [
        "sagemaker:CreateEndpoint",
        "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/x",
        { "aws:RequestedRegion": "eu-west-1" },
      ],
      [
        "kms:ScheduleKeyDeletion",
        "arn:aws:kms:ap-northeast-1:123456789012:key/1",
        { "kms:ResourceAliases": ["alias/smartretail-prod-state"] },
      ],
      ["organizations:LeaveOrganization", "*"],
    ] as const) {
      assert.notEqual(deployer(action, resource, context), "allowed", `${action} ${resource}`);
    }
  });

  it("names actions and keys that AWS knows", async () => {
    for (const statement of [...rights("smartretail-deployer"), ...rights("smartretail-preview")]) {
      for (const action of actionsOf(statement)) {
        const facts = await actionsOfPattern(action);
        assert.ok(facts.length > 0, action);
        if (action.endsWith(":*")) continue;
        for (const key of Object.values(statement.Condition ?? {}).flatMap(Object.keys)) {
          for (const fact of facts) assert.ok(await fillsKey(fact, key), `${action}: ${key}`);
        }
      }
    }
  });

  it("stays below the length of inline policies", () => {
    // IAM: 10,240 characters over all inline policies of a role.
    for (const { name, policies } of foundation.roles) {
      assert.ok(Object.values(policies).join("").length < 10_240, name);
    }
  });
});

describe("npm run bootstrap against an AWS emulator", function () {
  let emulator: Emulator | undefined;
  let clients: { iam: IAMClient; kms: KMSClient; s3: S3Client };

  before(async function () {
    skipWithout(this, "moto_server", "Python: pip install 'moto[server]'");
    emulator = await startEmulator();
    const { place } = emulator;
    clients = {
      iam: new IAMClient(place),
      kms: new KMSClient(place),
      s3: new S3Client({ ...place, forcePathStyle: true }),
    };
  });
  after(() => emulator?.stop());

  async function run(argv = ARGV) {
    const out: string[] = [];
    const connect = () => Promise.resolve({ ...clients, accountId: "123456789012" });
    const code = await main(argv, {
      connect,
      error: (text) => out.push(text),
      out: (text) => out.push(text),
    });
    return { code, done: out.slice(0, out.indexOf("")) };
  }

  it("makes everything once", async () => {
    assert.deepEqual((await run()).done, [
      "made key alias/smartretail-prod-state",
      "made bucket smartretail-prod-state-123456789012",
      "made OIDC provider token.actions.githubusercontent.com",
      "made role smartretail-deployer",
      "gave smartretail-deployer its rights: state",
      "gave smartretail-deployer its rights: platform",
      "gave smartretail-deployer its rights: identity",
      "gave smartretail-deployer its rights: fence",
      "made role smartretail-preview",
      "gave smartretail-preview its rights: endpoints",
      "gave smartretail-preview its rights: state",
    ]);

    const Bucket = "smartretail-prod-state-123456789012";
    const { Status } = await clients.s3.send(new GetBucketVersioningCommand({ Bucket }));
    const access = await clients.s3.send(new GetPublicAccessBlockCommand({ Bucket }));
    const encryption = await clients.s3.send(new GetBucketEncryptionCommand({ Bucket }));
    const key = await clients.kms.send(new DescribeKeyCommand({ KeyId: "alias/smartretail-prod-state" }));
    const rotation = await clients.kms.send(
      new GetKeyRotationStatusCommand({ KeyId: key.KeyMetadata?.KeyId }),
    );
    const [rule] = encryption.ServerSideEncryptionConfiguration?.Rules ?? [];
    assert.equal(Status, "Enabled");
    assert.deepEqual([...new Set(Object.values(access.PublicAccessBlockConfiguration ?? {}))], [true]);
    assert.equal(rule?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID, key.KeyMetadata?.Arn);
    assert.equal(rotation.KeyRotationEnabled, true);
  });

  it("does nothing the second time", async () => {
    assert.deepEqual((await run()).done, ["nothing to do: everything is there"]);
  });

  it("mends a door that somebody opened", async () => {
    const RoleName = "smartretail-deployer";
    const PolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
    });
    await clients.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));

    assert.deepEqual((await run()).done, ["changed who may become smartretail-deployer"]);
    const { Role } = await clients.iam.send(new GetRoleCommand({ RoleName }));
    assert.match(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ""), /environment:prod/);
  });

  it("explains itself where it is called wrongly", async () => {
    assert.deepEqual((await run(["--stack", "test", "--repository", "a/b"])).code, 1);
    assert.deepEqual((await run(["--stack", "dev", "--repository", "https://github.com/a/b"])).code, 1);
  });

  it("says in one line that nobody is signed in", async () => {
    const said: string[] = [];
    const refused = Object.assign(new Error("no credentials here"), { name: "CredentialsProviderError" });
    const argv = ["--stack", "dev", "--repository", "a/b"];

    const code = await main(argv, {
      error: (text) => said.push(text),
      connect: () => Promise.reject(refused),
    });

    assert.deepEqual(code, 1);
    assert.match(said.join("\n"), /^nobody is signed in to AWS: no credentials here \(npm run doctor .+\)$/);
  });
});
