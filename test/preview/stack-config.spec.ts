import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readStackConfig, SECRET_PLACEHOLDER, stackNames } from "../../preview/stack-config";
import { SETTING_KEYS } from "../../stacks/settings";

const ROOT = join(__dirname, "..", "..");

const PROJECT = `
name: shop
config:
  aws:region:
    value: ap-northeast-1
  owner:
    type: string
  shop:weight:
    type: integer
    default: 90
  shop:zones:
    type: array
    items: { type: string }
    default: [a, c]
  shop:protect:
    type: boolean
    default: true
  shop:flavour: plain
  shop:code:
    type: integer
    default: 0
    secret: true
`;

/** Nine lists of nine times the list before: 387 million values in eleven lines. */
const ALIAS_BOMB = ["a", "b", "c", "d", "e", "f", "g", "h", "i"]
  .map(
    (name, i, names) =>
      `  x:${name}: &${name} [${Array(9)
        .fill(i === 0 ? "x" : `*${names[i - 1]}`)
        .join(", ")}]`,
  )
  .join("\n");

describe("readStackConfig", () => {
  let root = "";
  const write = (file: string, text: string) => writeFileSync(join(root, file), text);
  const problem = (stackFile: string): string => {
    write("Pulumi.dev.yaml", stackFile);
    try {
      readStackConfig(root, "dev");
    } catch (error) {
      return (error as Error).message;
    }
    return "no problem";
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "stack-config-"));
    write("Pulumi.yaml", PROJECT);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it("hands values over as the text that the CLI makes of them", () => {
    write(
      "Pulumi.dev.yaml",
      "config:\n  aws:region: us-east-1\n  owner: team\n  shop:zones: [d]\n  shop:protect: false\n",
    );

    const { project, stack, config, secretKeys } = readStackConfig(root, "dev");

    assert.deepEqual(
      { project, stack, secretKeys },
      { project: "shop", stack: "dev", secretKeys: ["shop:code"] },
    );
    assert.deepEqual(config, {
      "aws:region": "us-east-1",
      "shop:code": SECRET_PLACEHOLDER,
      "shop:flavour": "plain",
      "shop:owner": "team",
      "shop:protect": "false",
      "shop:weight": "90",
      "shop:zones": '["d"]',
    });
  });

  it("masks secrets, nested ones too", () => {
    write(
      "Pulumi.dev.yaml",
      "config:\n  shop:owner:\n    secure: v1:abc\n  shop:zones:\n    - a\n    - secure: v1:def\n",
    );

    const { config, secretKeys } = readStackConfig(root, "dev");

    assert.equal(config["shop:owner"], SECRET_PLACEHOLDER);
    assert.equal(config["shop:zones"], JSON.stringify(["a", SECRET_PLACEHOLDER]));
    assert.deepEqual(secretKeys, ["shop:owner", "shop:zones", "shop:code"]);
  });

  it("masks what is declared secret and stands in plain text", () => {
    write("Pulumi.dev.yaml", "config:\n  shop:owner: x\n  shop:code: 271828\n");

    const { config, secretKeys } = readStackConfig(root, "dev");

    assert.equal(config["shop:code"], SECRET_PLACEHOLDER);
    assert.ok(secretKeys.includes("shop:code"));
    assert.equal(JSON.stringify(config).includes("271828"), false);
  });

  it("masks credentials of a provider, whoever declared them", () => {
    const keys = ["aws:secretKey", "aws:accessKey", "aws:token", "github:token", "db:password"];
    write(
      "Pulumi.dev.yaml",
      `config:\n  shop:owner: x\n  aws:profile: sandbox\n${keys.map((key) => `  ${key}: hunter2\n`).join("")}`,
    );

    const { config, secretKeys } = readStackConfig(root, "dev");

    assert.deepEqual(
      keys.map((key) => config[key]),
      keys.map(() => SECRET_PLACEHOLDER),
    );
    assert.equal(config["aws:profile"], "sandbox");
    assert.deepEqual([...secretKeys].sort(), [...keys, "shop:code"].sort());
  });

  it("takes keys of other namespaces as they are", () => {
    write("Pulumi.dev.yaml", "config:\n  shop:owner: team\n  aws:profile: sandbox\n");

    assert.equal(readStackConfig(root, "dev").config["aws:profile"], "sandbox");
  });

  it("names the stacks that exist when one does not", () => {
    write("Pulumi.dev.yaml", "config: {}\n");
    write("Pulumi.prod.yaml", "config: {}\n");

    assert.deepEqual(stackNames(root), ["dev", "prod"]);
    assert.throws(
      () => readStackConfig(root, "staging"),
      /^PlanError: stack "staging" does not exist; there are: dev, prod$/,
    );
    assert.throws(() => readStackConfig(root, "../dev"), /stack "\.\.\/dev" does not exist/);
  });

  for (const [what, stackFile, message] of [
    [
      "a key without value or default",
      "config: {}",
      "Pulumi.dev.yaml: shop:owner is not set and has no default in Pulumi.yaml",
    ],
    [
      "a key that is empty",
      "config:\n  shop:owner:\n",
      "Pulumi.dev.yaml: shop:owner is not set and has no default in Pulumi.yaml",
    ],
    [
      "a fraction for an integer",
      "config:\n  shop:owner: x\n  shop:weight: 0.9\n",
      "Pulumi.dev.yaml: shop:weight is 0.9; allowed: an integer",
    ],
    [
      "text for a boolean",
      "config:\n  shop:owner: x\n  shop:protect: maybe\n",
      'Pulumi.dev.yaml: shop:protect is "maybe"; allowed: true or false',
    ],
    [
      "text for a list",
      "config:\n  shop:owner: x\n  shop:zones: a\n",
      'Pulumi.dev.yaml: shop:zones is "a"; allowed: a list',
    ],
    [
      "a wrong item of a list",
      "config:\n  shop:owner: x\n  shop:zones: [a, 1]\n",
      "Pulumi.dev.yaml: shop:zones item 2 is 1; allowed: a string",
    ],
    [
      "a key that is not declared",
      "config:\n  shop:owner: x\n  shop:ownr: y\n",
      "Pulumi.dev.yaml: shop:ownr is not declared in Pulumi.yaml",
    ],
    [
      "a wrong value of a secret without showing it",
      "config:\n  shop:owner: x\n  shop:code: hunter2\n",
      "Pulumi.dev.yaml: shop:code is [secret]; allowed: an integer",
    ],
    [
      "a long value, which it cuts",
      `config:\n  shop:owner: x\n  shop:weight: ${"w".repeat(5000)}\n`,
      `Pulumi.dev.yaml: shop:weight is "${"w".repeat(99)}… (5002 characters); allowed: an integer`,
    ],
    [
      "a long key, which it cuts",
      `config:\n  shop:owner: x\n  shop:${"k".repeat(1000)}: 1\n`,
      `Pulumi.dev.yaml: "shop:${"k".repeat(94)}… (1007 characters) is not declared in Pulumi.yaml`,
    ],
    [
      "aliases that stand for gigabytes",
      `config:\n${ALIAS_BOMB}\n`,
      "Pulumi.dev.yaml: its aliases stand for more than 100 values",
    ],
    [
      "an alias of nothing",
      "config:\n  shop:owner: *nobody\n",
      "Pulumi.dev.yaml: Unresolved alias (the anchor must be set before the alias): nobody",
    ],
    [
      "several things at once, a line each",
      "config:\n  shop:weight: 0.9\n",
      "Pulumi.dev.yaml: shop:owner is not set and has no default in Pulumi.yaml\nPulumi.dev.yaml: shop:weight is 0.9; allowed: an integer",
    ],
    [
      "a config block that is a list",
      "config: [a]\n",
      "Pulumi.dev.yaml: config is not a mapping of keys to values",
    ],
  ] as const) {
    it(`rejects ${what}`, () => {
      assert.equal(problem(stackFile), message);
    });
  }

  it("names file, line and column of malformed YAML", () => {
    assert.match(
      problem("config:\n  shop:owner: x\n   shop:weight: 1\n"),
      /^Pulumi\.dev\.yaml:\d+:\d+: [^\n]+$/,
    );
    assert.match(
      problem("config:\n  shop:owner: x\n  shop:owner: y\n"),
      /^Pulumi\.dev\.yaml:3:\d+: Map keys must be unique$/,
    );
    assert.match(problem("config: [a\n"), /^Pulumi\.dev\.yaml:\d+:\d+: [^\n]+$/);
  });

  for (const stack of ["dev", "prod"]) {
    it(`finds ${stack} complete: every setting has a value`, () => {
      const { config } = readStackConfig(ROOT, stack);

      assert.deepEqual(
        SETTING_KEYS.filter((key) => config[`smartretail:${key}`] === undefined),
        [],
      );
      assert.equal(config["aws:region"], "ap-northeast-1");
    });
  }
});
