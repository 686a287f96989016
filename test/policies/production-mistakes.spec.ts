import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { analyzedResources, type AnalyzedResource } from "../../preview/policies/analyzed-resource";
import { findingOf, readSettings, type Finding } from "../../preview/policies/evaluate-pack";
import { PackClient } from "../../preview/policies/pack-client";
import { startPack, type PackServer } from "../../preview/policies/pack-server";
import { buildPackIfStale } from "../../scripts/build-policies";
import { planOf } from "../support/plans";
import { analyzed } from "./support/fixture";
import { platform } from "./security/platform/platform";
import { PRODUCTION_MISTAKES } from "./production-mistakes";

const POLICIES = join(__dirname, "..", "..", "policies");
/** What the recorded plan has none of; taken from the compliant platform of the fixtures. */
const ADDED = ["aws:sfn/stateMachine:StateMachine", "aws:scheduler/schedule:Schedule"];

interface Pack {
  readonly server: PackServer;
  readonly client: PackClient;
}

describe("mistakes in the production plan, found by the packs' own servers", () => {
  const packs: Pack[] = [];
  let plan: AnalyzedResource[];
  let known: Set<string>;

  before(async () => {
    const recorded = analyzedResources((await planOf("prod")).recording.resources);
    const types = new Set(recorded.map(({ type }) => type));
    const missing = ADDED.filter((type) => !types.has(type));
    plan = [...recorded, ...analyzed(platform).filter(({ type }) => missing.includes(type))];
    for (const folder of ["security", "cost"].map((name) => join(POLICIES, name)))
      packs.push(await start(folder));
    known = new Set((await findings(plan, plan)).map(textOf));
  });

  after(() => {
    for (const { client, server } of packs) {
      client.close();
      server.stop();
    }
  });

  async function findings(
    changed: readonly AnalyzedResource[],
    all: readonly AnalyzedResource[],
  ): Promise<Finding[]> {
    const found = await Promise.all(
      packs.map(async ({ client }) => [
        ...(await client.analyzeAll(changed)),
        ...(await client.analyzeStack(all)),
      ]),
    );
    return found.flat().map(findingOf);
  }

  for (const { rule, says, mistake, title } of PRODUCTION_MISTAKES) {
    it(`${rule} finds: ${title}`, async () => {
      const broken = mistake.apply(plan);
      assert.ok(broken, "the plan has nothing to break");
      const changed = broken.resources.filter(({ urn }) => broken.changed.includes(urn));

      const found = (await findings(changed, broken.resources)).filter((f) => !known.has(textOf(f)));
      await findings(
        plan.filter(({ urn }) => broken.changed.includes(urn)),
        [],
      );

      const own = found.filter(({ policy }) => policy === rule);
      const others = found.map(({ policy, message }) => `${policy}: ${message}`).join("\n");
      assert.ok(own.length > 0, `found only:\n${others}`);
      assert.ok(own.every(({ outcome }) => outcome === "violation"));
      assert.ok(
        own.some(({ message }) => says.test(message)),
        others,
      );
    });
  }
});

async function start(folder: string): Promise<Pack> {
  await buildPackIfStale(folder);
  const server = await startPack(folder);
  const client = new PackClient(server.address);
  const config = join(POLICIES, "config", `${basename(folder)}.prod.json`);
  await client.configure({ project: "smartretail", stack: "prod" }, readSettings(config));
  return { server, client };
}

function textOf({ policy, urn, message }: Finding): string {
  return `${policy} ${urn} ${message}`;
}
