import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../../scripts/doctor";

const USER = { accountId: "123456789012", arn: "arn:aws:iam::123456789012:user/aoki" };

async function doctor(given: Parameters<typeof main>[1] = {}, ...argv: string[]) {
  const out: string[] = [];
  const code = await main(argv, {
    out: (text) => out.push(text),
    colour: false,
    version: ({ command }) => (command === "git" ? "2.39.5" : undefined),
    caller: () => Promise.resolve(undefined),
    ...given,
  });
  return { code, out: out.join("\n") };
}

describe("doctor", () => {
  it("says what is there, what is not, and what that is needed for", async () => {
    const { code, out } = await doctor();

    assert.equal(code, 0);
    assert.match(out, /^ok +git +2\.39\.5 +the tag of the processing image$/m);
    assert.match(out, /^absent +pulumi +not found +deploying, rehearse, outputs --deployed; nothing else$/m);
    assert.match(out, /^absent +AWS credentials +none/m);
  });

  it("says which stacks the credentials could touch, and which are out of reach", async () => {
    const ours = await doctor({ caller: () => Promise.resolve(USER) });
    const others = await doctor({ caller: () => Promise.resolve({ ...USER, accountId: "999999999999" }) });

    assert.match(ours.out, /^ok +stack dev +would be touched: account 123456789012, ap-northeast-1/m);
    assert.match(
      others.out,
      /^absent +stack prod +out of reach: it allows [\d, ]+, these credentials are of 999999999999/m,
    );
  });

  it("tells the rest where the credentials have expired or AWS cannot be reached", async () => {
    const expired = Object.assign(new Error("The security token included in the request is expired"), {
      name: "ExpiredTokenException",
      $metadata: {},
    });
    const { code, out } = await doctor({ caller: () => Promise.reject(expired) });

    assert.equal(code, 0);
    assert.match(out, /^ok +git /m);
    assert.match(out, /^absent +AWS credentials +The security token included in the request is expired +/m);
  });

  it("asks nobody with --offline", async () => {
    const caller = () => Promise.reject(new Error("asked"));

    assert.equal((await doctor({ caller }, "--offline")).code, 0);
    await assert.rejects(doctor({ caller }), /asked/);
  });

  it("fails for a Node.js that is too old", async () => {
    const { code, out } = await doctor({ nodeVersion: "20.9.0" });

    assert.equal(code, 1);
    assert.match(out, /^missing +Node\.js +20\.9\.0 +everything \(>=20\.19\.0\)$/m);
  });

  it("prints the same as JSON", async () => {
    const { out } = await doctor({}, "--json");

    const lines = JSON.parse(out) as { what: string; state: string }[];
    assert.equal(lines.find(({ what }) => what === "git")?.state, "ok");
  });

  describe("of a checkout", () => {
    let root: string;
    beforeEach(() => {
      root = mkdtempSync(join(tmpdir(), "doctor-"));
      for (const file of ["package.json", "Pulumi.yaml", "Pulumi.dev.yaml", "Pulumi.prod.yaml"])
        cpSync(file, join(root, file));
      writeFileSync(join(root, "package-lock.json"), lock({ zod: "4.6.7", yaml: "2.9.1" }));
    });
    afterEach(() => rmSync(root, { recursive: true }));

    const lock = (versions: Record<string, string>) =>
      JSON.stringify({
        packages: Object.fromEntries(
          Object.entries(versions).map(([name, version]) => [`node_modules/${name}`, { version }]),
        ),
      });

    it("fails where npm ci has not been run", async () => {
      const { code, out } = await doctor({ root });

      assert.equal(code, 1);
      assert.match(out, /^missing +packages +none +everything: npm ci$/m);
    });

    it("fails where it was updated without npm ci, and names a package", async () => {
      mkdirSync(join(root, "node_modules"));
      writeFileSync(join(root, "node_modules", ".package-lock.json"), lock({ zod: "4.6.0", yaml: "2.9.1" }));

      const { code, out } = await doctor({ root });

      assert.equal(code, 1);
      assert.match(out, /^missing +packages +1 not as in package-lock\.json, such as zod /m);
    });
  });
});
