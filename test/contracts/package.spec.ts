import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { outputParameterName, OUTPUTS_VERSION } from "../../contracts/outputs";
import { buildContract } from "../../scripts/build-contract";

const TSC = resolve("node_modules/typescript/bin/tsc");

describe("the contract's package, packed and installed elsewhere", () => {
  let app: string;
  let packed: string;

  before(async () => {
    const folder = mkdtempSync(join(tmpdir(), "contract-"));
    app = mkdtempSync(join(tmpdir(), "app-"));
    await buildContract(folder);
    execFileSync("npm", ["pack", "--silent", "--pack-destination", app], { cwd: folder });
    const [archive = ""] = readdirSync(app).filter((file) => file.endsWith(".tgz"));
    packed = join(app, "node_modules", "smartretail-contract");
    mkdirSync(packed, { recursive: true });
    execFileSync("tar", ["-xzf", join(app, archive), "--strip-components", "1", "-C", packed]);
    rmSync(folder, { recursive: true });
  });
  after(() => rmSync(app, { recursive: true }));

  /** Runs a file of the app, whose folder has nothing but the package. */
  const inApp = (file: string, text: string, argv: readonly string[]) => {
    writeFileSync(join(app, file), text);
    return spawnSync(process.execPath, [...argv, join(app, file)], { cwd: app, encoding: "utf8" });
  };

  it("depends on nothing, and brings a file of code and its types", () => {
    const manifest = JSON.parse(readFileSync(join(packed, "package.json"), "utf8")) as Record<
      string,
      unknown
    >;

    assert.equal(manifest.version, `${OUTPUTS_VERSION}.0.0`);
    assert.deepEqual([manifest.dependencies, manifest.peerDependencies], [undefined, undefined]);
    assert.ok(existsSync(join(packed, "types", "outputs.d.ts")));
    assert.doesNotMatch(readFileSync(join(packed, "index.js"), "utf8"), /require\("(?!node:)/);
  });

  it("names the parameters as the platform does", () => {
    const { stdout } = inApp(
      "read.cjs",
      `const { outputParameterName } = require("smartretail-contract"); process.stdout.write(outputParameterName("prod", ["buckets", "results"]));`,
      [],
    );

    assert.equal(stdout, outputParameterName("prod", ["buckets", "results"]));
  });

  it("types the outputs: what is there compiles, what is not does not", () => {
    const head = `import type { SmartRetailOutputs } from "smartretail-contract";\nexport const read = (outputs: SmartRetailOutputs): string =>`;
    writeFileSync(join(app, "right.ts"), `${head} outputs.buckets.results;\n`);

    const { stdout } = inApp("wrong.ts", `${head} outputs.buckets.nothing;\n`, [
      TSC,
      ...["--noEmit", "--strict", "--module", "nodenext", "--moduleResolution", "nodenext"],
      // The package's own types are checked, the compiler's are not: three quarters of the time.
      ...["--skipDefaultLibCheck", "--ignoreConfig", join(app, "right.ts")],
    ]);

    assert.match(stdout, /^\S*wrong\.ts\(2,\d+\): [^\n]*Property 'nothing' does not exist[^\n]*\n$/);
  });
});
