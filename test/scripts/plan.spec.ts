import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PlanDocument } from "../../preview/plan-document";
import { main } from "../../scripts/plan";

const ROOT = join(__dirname, "..", "..");

interface Run {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

async function run(argv: readonly string[], root = ROOT): Promise<Run> {
  const out: string[] = [];
  const error: string[] = [];
  const code = await main(argv, {
    root,
    out: (text) => out.push(text),
    error: (text) => error.push(text),
    width: 120,
    colour: false,
  });
  return { code, out: out.join("\n"), error: error.join("\n") };
}

describe("plan", () => {
  let folder = "";
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "plan-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  describe("of prod", () => {
    let result: Run;
    let document: PlanDocument;
    before(async () => {
      const file = join(folder, "prod.json");
      result = await run(["--stack", "prod", "--json", file, "--graph", join(folder, "prod.svg")]);
      document = JSON.parse(readFileSync(file, "utf8")) as PlanDocument;
    });

    it("shows what is deployed and why, slice by slice", () => {
      assert.equal(result.code, 0, result.error);
      for (const line of [
        /^smartretail prod: \d+ resources in \d+ slices \(ap-northeast-1\)$/m,
        /^keys \d+ resources {2}who can read what/m,
        /^├─ PrivateNetwork +private$/m,
        /VpcEndpoint ×\d+ +endpoints-sagemaker-api, /,
        /^serving \d+ resources {2}the real-time forecast API/m,
        /EndpointConfiguration +forecast-config$/m,
        /^ +7 Bucket\b/m,
        /^ {2}buckets\.results +smartretail-prod-results-123456789012$/m,
        /^ {2}studio\.domainId +known after deployment$/m,
        /^Differences between dev and prod$/m,
        /^ {2}smartretail:hostingMode +serverless +realtime$/m,
        /^ {2}only prod {2}LogGroup ×2 +endpoint-forecast-logs, release-logs$/m,
      ]) {
        assert.match(result.out, line);
      }
    });

    it("fits the width and has no colour where none is asked for", () => {
      const tooLong = result.out.split("\n").filter((line) => line.length > 120 && !/^wrote/.test(line));

      assert.deepEqual(tooLong, []);
      assert.ok(!result.out.includes("\u001b"));
    });

    it("writes every registration for machines, with unknown values marked", () => {
      const { resources, counts, outputs } = document;
      const bucket = resources.find(({ name }) => name === "models-bucket");
      const subnet = resources.find(({ type }) => type === "aws:ec2/subnet:Subnet");

      assert.equal(document.preview, true);
      assert.equal(counts.Bucket, 7);
      assert.equal(bucket?.slice, "data-lake");
      assert.equal(bucket?.options.protect, true);
      assert.deepEqual(subnet?.inputs.vpcId, { $unknown: true });
      assert.ok(
        resources.every(({ urn, parent }) => parent !== undefined || urn.includes("pulumi:pulumi:Stack")),
      );
      assert.ok(resources.some(({ dependencies }) => dependencies.length > 0));
      assert.deepEqual((outputs.studio as Record<string, unknown>).domainId, { $unknown: true });
    });

    it("draws the architecture", () => {
      assert.match(readFileSync(join(folder, "prod.svg"), "utf8"), /^<svg xmlns/);
      assert.match(result.out, /^wrote .*prod\.svg$/m);
    });
  });

  it("prints JSON and nothing else to standard output for --json -", async () => {
    const { out, code } = await run(["--stack", "dev", "--json", "-", "--known"]);

    const document = JSON.parse(out) as PlanDocument;
    assert.equal(code, 0);
    assert.equal(document.stack, "dev");
    assert.equal(JSON.stringify(document).includes("$unknown"), false);
  });

  it("shows no secret, whether it is declared one or a provider's, in any of its forms", async () => {
    const root = mkdtempSync(join(folder, "secrets-"));
    const project = readFileSync(join(ROOT, "Pulumi.yaml"), "utf8");
    writeFileSync(
      join(root, "Pulumi.yaml"),
      `${project}  smartretail:partnerKey:\n    type: string\n    secret: true\n`,
    );
    for (const stack of ["dev", "prod"]) {
      const config = readFileSync(join(ROOT, `Pulumi.${stack}.yaml`), "utf8");
      writeFileSync(
        join(root, `Pulumi.${stack}.yaml`),
        `${config}  smartretail:partnerKey: hunter2-${stack}\n  aws:secretKey: hunter2-${stack}\n`,
      );
    }

    const file = join(root, "plan.json");
    const { code, out, error } = await run(["--stack", "prod", "--json", file], root);

    const document = readFileSync(file, "utf8");
    assert.equal(code, 0, error);
    assert.equal(`${out}${error}${document}`.includes("hunter2"), false);
    const { config } = JSON.parse(document) as PlanDocument;
    assert.equal(config["aws:secretKey"], "[secret]");
    assert.equal(config["smartretail:partnerKey"], "[secret]");
  });

  describe("of a wrong configuration", () => {
    const reject = async (stack: string, change: (yaml: string) => string): Promise<Run> => {
      const root = mkdtempSync(join(folder, "root-"));
      copyFileSync(join(ROOT, "Pulumi.yaml"), join(root, "Pulumi.yaml"));
      const before = readFileSync(join(ROOT, `Pulumi.${stack}.yaml`), "utf8");
      const after = change(before);
      assert.notEqual(after, before, "the configuration is changed");
      writeFileSync(join(root, `Pulumi.${stack}.yaml`), after);
      return run(["--stack", stack, "--json", join(root, "plan.json")], root).finally(() => {
        assert.ok(!existsSync(join(root, "plan.json")), "nothing is written");
      });
    };
    const set = (key: string, value: string) => (yaml: string) =>
      yaml.replace(new RegExp(`^  smartretail:${key}:.*(\\n    - .*)*\\n`, "m"), "") +
      `  smartretail:${key}: ${value}\n`;

    for (const [what, stack, change, message] of [
      ["malformed YAML", "dev", (yaml: string) => `${yaml} : [`, /^Pulumi\.dev\.yaml:\d+:\d+: [^\n]+$/],
      [
        "a missing key",
        "dev",
        (yaml: string) => yaml.replace(/^ {2}smartretail:owner:.*\n/m, ""),
        /^Pulumi\.dev\.yaml: smartretail:owner is not set and has no default in Pulumi\.yaml$/,
      ],
      [
        "a weight of 0.9",
        "prod",
        set("championWeight", "0.9"),
        /^Pulumi\.prod\.yaml: smartretail:championWeight is 0\.9; allowed: an integer$/,
      ],
      [
        "a weight of 0",
        "prod",
        set("championWeight", "0"),
        /^smartretail:championWeight is 0; allowed: [^\n]+$/,
      ],
      [
        "a network too small for its zones",
        "prod",
        set("vpcCidr", "10.0.0.0/28"),
        /^smartretail:vpcCidr is "?10\.0\.0\.0\/28"?[^\n]+$/,
      ],
      [
        "an instance type that hosting does not have",
        "prod",
        set("hostingInstanceType", "ml.t3.medium"),
        /^smartretail:hostingInstanceType is "ml\.t3\.medium"; allowed: [^\n]+$/,
      ],
      [
        "the environment of another stack",
        "prod",
        set("environment", "dev"),
        /^smartretail:environment is "dev" in the stack prod; allowed: prod$/,
      ],
      [
        "an idle timeout of 30 minutes",
        "prod",
        set("studioIdleTimeoutMinutes", "30"),
        /^smartretail:studioIdleTimeoutMinutes is 30; allowed: an integer from 60 to [^\n]+$/,
      ],
      [
        "an e-mail without @",
        "dev",
        set("alertEmails", "[operations.example.jp]"),
        /^smartretail:alertEmails\.0 is "operations\.example\.jp"; allowed: [^\n]+$/,
      ],
    ] as const) {
      it(`rejects ${what} in one line`, async () => {
        const { code, error, out } = await reject(stack, change);

        assert.equal(code, 1);
        assert.match(error, message);
        assert.equal(out, "");
      });
    }

    for (const [what, argv, message] of [
      [
        "an unknown stack",
        ["--stack", "staging"],
        /^stack "staging" does not exist; there are: dev, lean, prod$/,
      ],
      ["no stack", [], /^--stack is not given; there are: dev, lean, prod [^\n]+$/],
      ["an unknown option", ["--stak", "prod"], /^Unknown option '--stak' [^\n]+$/],
      [
        "a picture of another kind",
        ["--stack", "dev", "--graph", "a.png"],
        /^--graph is "a\.png"; allowed: [^\n]+$/,
      ],
      [
        "a file that cannot be written",
        ["--stack", "dev", "--json", "/no/such/folder/plan.json"],
        /^\/no\/such\/folder\/plan\.json cannot be written: there is no folder \/no\/such\/folder$/,
      ],
    ] as const) {
      it(`rejects ${what} in one line`, async () => {
        const { code, error } = await run(argv);

        assert.equal(code, 1);
        assert.match(error, message);
      });
    }
  });

  it("ends quietly when its reader has had enough of the plan", () => {
    const command = `set -o pipefail; '${process.execPath}' --require tsx/cjs scripts/plan.ts --stack dev | head -1`;

    const { status, stdout, stderr } = spawnSync("bash", ["-c", command], { cwd: ROOT, encoding: "utf8" });

    assert.equal(status, 0, stderr);
    assert.match(stdout, /^smartretail dev: [^\n]+\n$/);
    assert.doesNotMatch(stderr, /\n {4}at |EPIPE/);
  });
});
