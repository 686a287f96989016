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
  /** Ids of its rules. */
  readonly rules: ReadonlySet<string>;
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
    known = new Set((await findings(packs, plan, plan)).map(textOf));
  });

  after(() => {
    for (const { client, server } of packs) {
      client.close();
      server.stop();
    }
  });

  async function findings(
    asked: readonly Pack[],
    changed: readonly AnalyzedResource[],
    all: readonly AnalyzedResource[],
  ): Promise<Finding[]> {
    const found = await Promise.all(
      asked.map(async ({ client }) => [
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

      // A whole plan is half a second of messages: the pack without the rule is not asked.
      const asked = packs.filter(({ rules }) => rules.has(rule));

      const found = (await findings(asked, changed, broken.resources)).filter((f) => !known.has(textOf(f)));
      await findings(
        asked,
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
  const info = await client.configure({ project: "smartretail", stack: "prod" }, readSettings(config));
  return { server, client, rules: new Set(info.getPoliciesList().map((policy) => policy.getName())) };
}

function textOf({ policy, urn, message }: Finding): string {
  return `${policy} ${urn} ${message}`;
}
