import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { HIDDEN, SecretTexts } from "../../../policies/kit";
import type { AnalyzedResource } from "../../../preview/policies/analyzed-resource";
import { findingOf, type Finding } from "../../../preview/policies/evaluate-pack";
import { PackClient } from "../../../preview/policies/pack-client";
import { startPack, type PackServer } from "../../../preview/policies/pack-server";
import { buildPackIfStale } from "../../../scripts/build-policies";
import { analyzed, document, urnOf } from "../support/fixture";
import { buildTestPack } from "./pack/build-test-pack";

const STACK = { project: "platform", stack: "test" };
const PASSWORD = "correct horse battery staple";
const LOGIN = { type: "test:index/login:Login", name: "login" };
const USER = { type: "test:index/user:User", name: "user" };

/** A value as the engine hands over a pulumi.secret. */
function secret(value: unknown): unknown {
  return { [pulumi.runtime.specialSigKey]: pulumi.runtime.specialSecretSig, value };
}

function login(properties: Record<string, unknown>): AnalyzedResource[] {
  return analyzed([
    { ...LOGIN, properties },
    { ...USER, properties: { name: "ann" } },
  ]);
}

describe("secrets in the reports of a pack, over the analyzer protocol", () => {
  let folder: string;
  let server: PackServer;
  let client: PackClient;

  before(async () => {
    folder = await buildTestPack();
    server = await startPack(folder);
    client = new PackClient(server.address);
    await client.configure(STACK);
  });

  after(() => {
    client.close();
    server.stop();
    rmSync(folder, { recursive: true });
  });

  async function run(settings: object, resources: readonly AnalyzedResource[]): Promise<Finding[]> {
    await client.reconfigure({ all: "disabled", ...settings });
    const single = await client.analyzeAll(resources);
    return [...single, ...(await client.analyzeStack(resources))].map(findingOf);
  }

  const shown = (properties: Record<string, unknown>): Promise<Finding[]> =>
    run({ "shows-values": "mandatory", "shows-another": "mandatory" }, login(properties));

  it("shows a value that is not secret, by the path and by the rule's own words", async () => {
    const findings = await shown({ password: "open", text: "also open" });

    assert.ok(findings.some(({ message }) => message.includes('password is "open"')));
    assert.ok(findings.some(({ message }) => message.includes("saw open and also open")));
  });

  it("hides a secret text, number, member and element, and a text that contains a secret", async () => {
    const findings = await shown({
      password: secret(PASSWORD),
      port: secret(5432),
      text: `${"x".repeat(60)} postgres://app:${PASSWORD}@db`,
      options: secret({ token: "abc" }),
      hosts: [secret("db.internal")],
    });

    const text = findings.map(({ message }) => message).join("\n");
    for (const part of [PASSWORD, "horse", "5432", "abc", "db.internal"])
      assert.ok(!text.includes(part), `${part} is shown in ${text}`);
    assert.ok(text.includes(`password is ${HIDDEN}`));
    assert.ok(text.includes(`saw ${HIDDEN} and`));
    assert.ok(
      findings.some(({ urn, message }) => urn === urnOf(USER) && message.includes(`uses ${HIDDEN} of`)),
    );
  });

  it("hides what is inside a secret document", async () => {
    const findings = await shown({
      document: secret(document({ Effect: "Allow", Action: "vault:OpenDoor", Resource: "*" })),
    });

    assert.ok(findings.some(({ message }) => message.includes(`allows ${HIDDEN}`)));
    assert.ok(findings.every(({ message }) => !message.includes("OpenDoor")));
  });

  it("hides a secret of the stack's configuration that the program passed on in the open", async () => {
    const other = new PackClient(server.address);
    await other.configure({ ...STACK, config: { "app:password": PASSWORD }, secretKeys: ["app:password"] });
    await other.reconfigure({ all: "disabled", "shows-values": "mandatory" });

    const findings = await other.analyzeAll(login({ text: PASSWORD }));
    other.close();

    assert.ok(findings.length > 0);
    assert.ok(findings.every(({ message }) => !message.includes(PASSWORD)));
  });

  it("fails closed when a mandatory rule throws, naming the rule and the resource, and no secret", async () => {
    const findings = await run({ fails: "mandatory" }, login({ password: secret(PASSWORD) }));

    const [fault, ...others] = findings.filter(({ outcome }) => outcome === "fault");
    assert.deepEqual(others, []);
    assert.equal(fault?.level, "mandatory");
    assert.equal(fault?.urn, urnOf(LOGIN));
    assert.match(fault?.message ?? "", /the rule fails itself failed at login: cannot read \[secret\]/);
  });

  it("reports a rule over the stack that throws at the resource that it was looking at", async () => {
    const broken = analyzed([
      { ...USER, properties: { name: "ann" } },
      { ...USER, name: "second", properties: { name: "broken" } },
    ]);

    const [fault] = await run({ "fails-over-the-stack": "mandatory" }, broken);

    assert.equal(fault?.level, "mandatory");
    assert.equal(fault?.urn, urnOf({ ...USER, name: "second" }));
    assert.match(fault?.message ?? "", /the rule fails-over-the-stack itself failed at second: no name/);
  });

  it("leaves a failing rule advisory where it is advisory", async () => {
    const [fault] = await run({ fails: "advisory" }, login({}));

    assert.deepEqual([fault?.outcome, fault?.level], ["fault", "advisory"]);
  });

  it("remediates beside a secret, and ends with the rule and the resource when a remediation throws", async () => {
    await client.reconfigure({ all: "disabled", remedies: "remediate" });
    const good = login({ password: secret(PASSWORD), port: 80 })[0];
    const bad = login({ password: secret(PASSWORD), user: "broken" })[0];
    assert.ok(good && bad);

    const [remediation] = await client.remediate(good);

    assert.deepEqual(remediation?.properties, { password: secret(PASSWORD), port: 443 });
    await assert.rejects(client.remediate(bad), (error: Error) => {
      assert.match(error.message, /remedies/);
      assert.ok(error.message.includes(urnOf(LOGIN)));
      assert.ok(!error.message.includes("horse"), error.message);
      return true;
    });
  });
});

describe("secrets in the reports of the security pack", () => {
  it("are hidden in a parameter, a definition and a script that hold one", async () => {
    const folder = join(__dirname, "..", "..", "..", "policies", "security");
    await buildPackIfStale(folder);
    const server = await startPack(folder);
    const client = new PackClient(server.address);
    await client.configure(STACK);
    const resources = analyzed([
      {
        type: "aws:ssm/parameter:Parameter",
        name: "parameter",
        properties: { name: "db-password", type: "String", value: secret(PASSWORD) },
      },
      {
        type: "aws:lambda/function:Function",
        name: "function",
        properties: {
          environment: secret({ variables: { DB_PASSWORD: PASSWORD } }),
          runtime: secret("nodejs8.10"),
        },
      },
      {
        type: "aws:iam/rolePolicy:RolePolicy",
        name: "policy",
        properties: { policy: secret(document({ Effect: "Allow", Action: "sts:*", Resource: PASSWORD })) },
      },
    ]);

    const findings = [...(await client.analyzeAll(resources)), ...(await client.analyzeStack(resources))];
    client.close();
    server.stop();

    assert.ok(findings.some(({ policy }) => policy === "lambda-runtime-supported"));
    assert.ok(findings.some(({ policy }) => policy === "iam-no-service-wildcard"));
    for (const { message } of findings)
      for (const part of [PASSWORD, "nodejs8.10", "sts:*"]) assert.ok(!message.includes(part), message);
  });
});

describe("a secret of the stack's configuration", () => {
  it("is no literal of the program, and the same text without it is", async () => {
    const folder = join(__dirname, "..", "..", "..", "policies", "security");
    await buildPackIfStale(folder);
    const server = await startPack(folder);
    const resources = analyzed([
      {
        type: "aws:secretsmanager/secretVersion:SecretVersion",
        name: "version",
        properties: { secretString: secret(PASSWORD) },
      },
    ]);
    const literals = async (secretKeys: readonly string[]): Promise<number> => {
      const client = new PackClient(server.address);
      await client.configure({ ...STACK, config: { "app:password": PASSWORD }, secretKeys });
      await client.analyzeAll(resources);
      const findings = await client.analyzeStack(resources);
      client.close();
      return findings.filter(({ policy }) => policy === "no-plaintext-secrets").length;
    };

    const before = await literals([]);
    const after = await literals(["app:password"]);
    server.stop();

    assert.deepEqual([before, after], [1, 0]);
  });
});

describe("the hiding of secrets", () => {
  it("leaves no text of three characters and more, wherever it stands", () => {
    const word = fc.string({ minLength: 8, maxLength: 30 }).filter((text) => !HIDDEN.includes(text));
    fc.assert(
      fc.property(word, fc.string(), fc.string(), (value, before, after) => {
        const secrets = new SecretTexts();
        secrets.add({ nested: [value] });

        assert.ok(!secrets.hideIn(`${before}${value}${after}`).includes(value));
      }),
    );
  });

  it("hides a short secret where it stands alone, and no word that contains it", () => {
    const secrets = new SecretTexts();
    secrets.add(["root", 1234, "", "ab", true]);

    assert.equal(
      secrets.hideIn("root of the rooted tree, port 1234 of 12345; ab is true"),
      `${HIDDEN} of the rooted tree, port ${HIDDEN} of 12345; ab is true`,
    );
  });
});
