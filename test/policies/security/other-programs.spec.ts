import assert from "node:assert/strict";
import { parseSettings, Session, type PackSettings } from "../../../policies/kit";
import { decodeResource, decodeStackResource } from "../../../policies/kit/wire";
import { securityPack } from "../../../policies/security/pack";
import { analyzeRequest, stackRequest } from "../../../preview/policies/pack-client";
import { analyzed, document, ref, TAGS, type Fixture } from "../support/fixture";

const BUCKET = "aws:s3/bucket:Bucket";
const V2 = "aws:s3/bucketV2:BucketV2";
const FUNCTION = "aws:lambda/function:Function";
const OPEN = document({
  Sid: "Open",
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: "*",
});
const SMARTRETAIL = parseSettings(securityPack.presets.smartretail, securityPack.rules);

/** Rule, resource and words of every violation, through the messages of the protocol. */
function violations(fixtures: readonly Fixture[], settings: PackSettings = SMARTRETAIL): string[] {
  const session = new Session({ rules: securityPack.rules, settings, exemptions: [], today: "2026-11-23" });
  const resources = analyzed([{ type: "pulumi:pulumi:Stack", name: "other", properties: {} }, ...fixtures]);
  const single = resources.flatMap((one) => session.checkResource(decodeResource(analyzeRequest(one))));
  const stack = session.checkStack(stackRequest(resources).getResourcesList().map(decodeStackResource));
  return [...single, ...stack]
    .filter(({ outcome }) => outcome === "violation")
    .map(({ rule, urn, words }) => `${rule.id} ${urn.split("::").at(-1)}: ${words}`);
}

function of(rule: string, fixtures: readonly Fixture[], settings?: PackSettings): string[] {
  return violations(fixtures, settings).filter((line) => line.startsWith(`${rule} `));
}

const bucket = (properties: Record<string, unknown>, type = BUCKET, name = "data"): Fixture => ({
  type,
  name,
  properties: { bucket: name, ...properties },
});

describe("settings on the bucket itself", () => {
  const RULE = { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: "arn" } };

  for (const [shape, settings] of [
    [
      "of a Bucket",
      bucket({
        versioning: { enabled: true },
        serverSideEncryptionConfiguration: { rule: RULE },
        logging: { targetBucket: "logs" },
      }),
    ],
    [
      "of a BucketV2",
      bucket(
        {
          versionings: [{ enabled: true }],
          serverSideEncryptionConfigurations: [{ rules: [RULE] }],
          loggings: [{ targetBucket: "logs" }],
        },
        V2,
      ),
    ],
  ] as const)
    it(`count as set: versioning, encryption and logging ${shape}`, () => {
      const found = violations([settings]);

      for (const rule of ["s3-versioning", "s3-sse-kms-cmk", "s3-access-logging"])
        assert.deepEqual(
          found.filter((line) => line.startsWith(rule)),
          [],
        );
    });

  it("are read: versioning that is off, a key of AWS, a policy that opens the bucket to everybody", () => {
    const found = violations([
      bucket({
        versioning: { enabled: false },
        serverSideEncryptionConfiguration: {
          rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
        },
        policy: OPEN,
        grants: [{ uri: "http://acs.amazonaws.com/groups/global/AllUsers", permissions: ["READ"] }],
      }),
    ]);

    for (const line of [
      /^s3-versioning data: .*versioning\.enabled is false/,
      /^s3-sse-kms-cmk data: objects are not encrypted with KMS/,
      /^s3-no-public-policy data: statement Open lets everybody in/,
      /^s3-no-public-acl data: the ACL grants to a public group/,
      /^s3-tls-only data: the policy lets plain HTTP in/,
    ])
      assert.ok(
        found.some((one) => line.test(one)),
        `${line} is not in\n${found.join("\n")}`,
      );
  });

  it("say of a bare bucket that S3's own key encrypts it, not that nothing does", () => {
    assert.deepEqual(of("s3-sse-kms-cmk", [bucket({})]), [
      "s3-sse-kms-cmk data: objects are encrypted with S3's own key, not with one of ours",
    ]);
  });
});

describe("one cause", () => {
  it("is one message for a region, however many resources are there", () => {
    const elsewhere = ["a", "b", "c"].map((name) => bucket({ region: "us-east-1" }, BUCKET, name));

    assert.deepEqual(of("approved-region", [...elsewhere, bucket({ region: "eu-west-1" }, BUCKET, "d")]), [
      "approved-region a: the region us-east-1 is not approved, here and for all resources there",
      "approved-region d: the region eu-west-1 is not approved, here and for all resources there",
    ]);
  });

  it("is one message for a statement that breaks many rules, and names them", () => {
    const policy = document(
      { Sid: "All", Effect: "Allow", Action: "*", Resource: "*" },
      { Sid: "Lake", Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::lake/*" },
    );

    const found = violations([
      { type: "aws:iam/rolePolicy:RolePolicy", name: "admin", properties: { policy } },
    ]);

    assert.equal(found.length, 2, found.join("\n"));
    assert.match(
      found[0] ?? "",
      /^iam-no-admin admin: statement All allows every action on every resource; also/,
    );
    for (const other of ["iam-no-service-wildcard", "iam-no-privesc", "iam-kms-decrypt-scoped"])
      assert.ok(found[0]?.includes(`also ${other}: `), `${other} is not in ${found[0]}`);
    assert.match(found[1] ?? "", /^iam-no-service-wildcard admin: statement Lake allows s3:\*/);
  });

  it("leaves what an exemption does not waive: the next rule speaks for the statement", () => {
    const policy = document({ Sid: "Lake", Effect: "Allow", Action: "s3:*", Resource: "*" });
    const waiver = {
      rule: "iam-no-service-wildcard",
      resource: "*",
      reason: "The migration empties its own bucket.",
      owner: "data",
      expires: "2099-01-01",
    };
    const session = new Session({
      rules: securityPack.rules,
      settings: SMARTRETAIL,
      exemptions: [waiver],
      today: "2026-11-23",
    });
    const [resource] = analyzed([
      { type: "aws:iam/rolePolicy:RolePolicy", name: "x", properties: { policy } },
    ]);
    assert.ok(resource);

    const verdicts = session.checkResource(decodeResource(analyzeRequest(resource)));

    assert.deepEqual(
      verdicts.filter(({ outcome }) => outcome === "exempted").map(({ rule }) => rule.id),
      ["iam-no-service-wildcard"],
    );
    const [spoken, ...others] = verdicts.filter(({ outcome }) => outcome === "violation");
    assert.deepEqual(others, []);
    assert.ok(spoken && spoken.rule.id !== "iam-no-service-wildcard");
  });

  it("is one message for the public subnets of one network", () => {
    const subnets = ["a", "b", "c"].map((name) => ({
      type: "aws:ec2/subnet:Subnet",
      name,
      properties: { vpcId: "vpc-1", mapPublicIpOnLaunch: true, tags: TAGS },
    }));

    assert.equal(of("subnet-no-public-ip", subnets).length, 1);
  });
});

describe("rules that were wrong about others' programs", () => {
  it("do not count a blank tag", () => {
    const [line] = of("required-tags", [bucket({ tags: { ...TAGS, Owner: "  " } })]);

    assert.match(line ?? "", /has no tag Owner$|has no tag Owner/);
  });

  it("ask for a failure destination where somebody calls asynchronously, and nowhere else", () => {
    const fn: Fixture = { type: FUNCTION, name: "handler", properties: {} };
    const permission = (principal: string): Fixture => ({
      type: "aws:lambda/permission:Permission",
      name: "permission",
      properties: { function: ref("handler"), principal },
    });

    assert.deepEqual(of("lambda-failure-destination", [fn, permission("apigateway.amazonaws.com")]), []);
    assert.equal(of("lambda-failure-destination", [fn, permission("s3.amazonaws.com")]).length, 1);
    assert.equal(
      of("lambda-failure-destination", [
        fn,
        {
          type: "aws:cloudwatch/eventTarget:EventTarget",
          name: "t",
          properties: { arn: ref("handler", "arn") },
        },
      ]).length,
      1,
    );
  });

  it("take a subnet that gives out public addresses for public, tagged or not", () => {
    const network = (mapPublicIpOnLaunch: boolean): Fixture[] => [
      { type: "aws:ec2/subnet:Subnet", name: "subnet", properties: { mapPublicIpOnLaunch } },
      {
        type: "aws:ec2/routeTable:RouteTable",
        name: "table",
        properties: { routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }] },
      },
      {
        type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
        name: "association",
        properties: { subnetId: ref("subnet"), routeTableId: ref("table") },
      },
    ];

    assert.deepEqual(of("private-no-igw-route", network(true)), []);
    assert.equal(of("private-no-igw-route", network(false)).length, 1);
  });

  it("find a document that cannot be read, without quoting it", () => {
    const [line, ...others] = violations([
      {
        type: "aws:iam/rolePolicy:RolePolicy",
        name: "broken",
        properties: { policy: "{ Statement: 'hunter2' }" },
      },
    ]);

    assert.deepEqual(others, []);
    assert.equal(line, "policy-document-readable broken: policy is no JSON object");
  });

  it("take a secret that another resource makes for no literal one", () => {
    const password: Fixture = {
      type: "random:index/randomPassword:RandomPassword",
      name: "password",
      properties: { result: "k3l2j4h5k6j7" },
    };
    const version = (secretString: unknown): Fixture => ({
      type: "aws:secretsmanager/secretVersion:SecretVersion",
      name: "version",
      properties: { secretString },
    });

    assert.deepEqual(of("no-plaintext-secrets", [password, version(ref("password", "result"))]), []);
    assert.equal(of("no-plaintext-secrets", [version("k3l2j4h5k6j7")]).length, 1);
  });

  it("open the usual ports of websites under the preset general, and no other", () => {
    const open = (fromPort: number, toPort: number): Fixture => ({
      type: "aws:ec2/securityGroup:SecurityGroup",
      name: "web",
      properties: { ingress: [{ protocol: "tcp", fromPort, toPort, cidrBlocks: ["0.0.0.0/0"] }] },
    });

    assert.deepEqual(of("sg-no-open-ingress", [open(443, 443)], {}), []);
    assert.equal(of("sg-no-open-ingress", [open(22, 22)], {}).length, 1);
    assert.equal(of("sg-no-open-ingress", [open(0, 65535)], {}).length, 1);
    assert.equal(of("sg-no-open-ingress", [open(443, 443)]).length, 1);
  });
});
