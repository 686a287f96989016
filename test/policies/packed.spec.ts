import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Finding } from "../../preview/policies/evaluate-pack";
import { evaluatePack } from "../../preview/policies/evaluate-pack";
import { parseExemptions, parseSettings } from "../../policies/kit";
import { costPack } from "../../policies/cost/pack";
import { securityPack } from "../../policies/security/pack";
import { analyzed, document, type Fixture } from "./support/fixture";

const POLICIES = join(__dirname, "..", "..", "policies");
/** What a pack may take of somebody's disk; with a @pulumi/pulumi of its own it would be 90 times as much. */
const MAX_BYTES = 1_000_000;
/** Waits for npm, which is slow on a busy machine. */
const NPM_TIMEOUT_MILLISECONDS = 120_000;

/** A mistake in the program of somebody else, and the rule that must find it. */
const MISTAKES: Readonly<Record<string, { readonly rule: string; readonly mistake: Fixture }>> = {
  security: {
    rule: "s3-no-public-policy",
    mistake: {
      type: "aws:s3/bucketPolicy:BucketPolicy",
      name: "downloads",
      properties: {
        policy: document({
          Sid: "PublicRead",
          Effect: "Allow",
          Principal: "*",
          Action: "s3:GetObject",
          Resource: "*",
        }),
      },
    },
  },
  cost: {
    rule: "cost-function-arm64",
    mistake: { type: "aws:lambda/function:Function", name: "handler", properties: { runtime: "nodejs24.x" } },
  },
};

describe("a packed policy pack in the program of somebody else", () => {
  let program: string;

  before(function () {
    this.timeout(NPM_TIMEOUT_MILLISECONDS);
    program = mkdtempSync(join(tmpdir(), "program-"));
    writeFileSync(join(program, "package.json"), JSON.stringify({ name: "program", private: true }));
    const tarballs = Object.keys(MISTAKES).map((pack) => {
      const [packed] = JSON.parse(
        npm(join(POLICIES, pack), "pack", "--json", "--silent", "--pack-destination", program),
      ) as { filename: string }[];
      return `./${packed?.filename}`;
    });
    // The peer is the program's own; npm would take it from there.
    npm(program, "install", "--offline", "--legacy-peer-deps", "--no-audit", "--no-fund", ...tarballs);
    mkdirSync(join(program, "node_modules", "@pulumi"), { recursive: true });
    symlinkSync(
      dirname(require.resolve("@pulumi/pulumi/package.json")),
      join(program, "node_modules", "@pulumi", "pulumi"),
    );
  });

  after(() => rmSync(program, { recursive: true }));

  const folderOf = (pack: string): string => join(program, "node_modules", `smartretail-policies-${pack}`);

  for (const [pack, { rule, mistake }] of Object.entries(MISTAKES)) {
    it(`${pack}: brings its presets and samples, no sources, and less than a megabyte`, () => {
      const files = readdirSync(folderOf(pack), { recursive: true, encoding: "utf8" })
        .filter((file) => statSync(join(folderOf(pack), file)).isFile())
        .sort();
      const bytes = files.reduce((sum, file) => sum + statSync(join(folderOf(pack), file)).size, 0);

      assert.deepEqual(files, [
        "PulumiPolicy.yaml",
        "README.md",
        "dist/index.js",
        "package.json",
        "presets/general.json",
        "presets/smartretail.json",
        "samples/configuration.json",
        "samples/exemptions.json",
      ]);
      assert.ok(bytes < MAX_BYTES, `${bytes} bytes`);
    });

    it(`${pack}: needs nothing but the program's own @pulumi/pulumi`, () => {
      const { dependencies = {}, peerDependencies } = JSON.parse(
        readFileSync(join(folderOf(pack), "package.json"), "utf8"),
      ) as { dependencies?: object; peerDependencies: object };

      assert.deepEqual(Object.keys({ ...dependencies, ...peerDependencies }), ["@pulumi/pulumi"]);
    });

    it(`${pack}: finds a mistake there with each preset, and waives it by an exemptions file`, async () => {
      const found = await findings(folderOf(pack), mistake);
      const general = await findings(folderOf(pack), mistake, "presets/general.json");
      const smartretail = await findings(folderOf(pack), mistake, "presets/smartretail.json");
      writeFileSync(join(program, "exemptions.json"), JSON.stringify({ [pack]: [waiver(rule)] }));
      writeFileSync(
        join(folderOf(pack), "mine.json"),
        JSON.stringify({ [`${pack}-exemptions`]: { file: "../../exemptions.json" } }),
      );
      const waived = await findings(folderOf(pack), mistake, "mine.json");
      rmSync(join(folderOf(pack), "mine.json"));

      for (const run of [found, general, smartretail])
        assert.ok(run.some(({ policy, outcome }) => policy === rule && outcome === "violation"));
      assert.deepEqual(general, found, "the preset general is what the pack does without a configuration");
      assert.deepEqual(
        waived.filter(({ policy }) => policy === rule).map(({ outcome }) => outcome),
        ["exempted"],
      );
    });
  }

  for (const pack of [securityPack, costPack])
    it(`${pack.name}: has samples that the pack accepts`, () => {
      const read = (name: string): unknown =>
        JSON.parse(readFileSync(join(folderOf(pack.name), "samples", `${name}.json`), "utf8"));

      assert.ok(parseSettings(read("configuration"), pack.rules));
      assert.equal(parseExemptions(read("exemptions"), pack.name, pack.rules).length, 1);
    });
});

function npm(folder: string, ...args: string[]): string {
  return execFileSync("npm", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

function waiver(rule: string): object {
  return {
    rule,
    resource: "*",
    reason: "It is like that on purpose in this test.",
    owner: "tests",
    expires: "2099-12-31",
  };
}

async function findings(folder: string, mistake: Fixture, config?: string): Promise<readonly Finding[]> {
  const report = await evaluatePack({
    folder,
    ...(config ? { configFile: join(folder, config) } : {}),
    stack: { project: "other", stack: "test" },
    resources: analyzed([mistake]),
  });
  return report.findings;
}
