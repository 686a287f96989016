import { join } from "node:path";
import { readFileSync } from "node:fs";
import { analyzedResources } from "../../../preview/policies/analyzed-resource";
import { analyze, findingOf, readSettings, type Finding } from "../../../preview/policies/evaluate-pack";
import { PackClient } from "../../../preview/policies/pack-client";
import { startPack } from "../../../preview/policies/pack-server";
import { buildPackIfStale } from "../../../scripts/build-policies";
import { record } from "../../support/record";
import { PROGRAMS } from "./programs";

const POLICIES = join(__dirname, "..", "..", "..", "policies");
const PACKS = ["security", "cost"] as const;
export type Preset = "general" | "smartretail";
/** What people judged every message of the preset general to be. */
const JUDGED_FILE = join(__dirname, "judged.json");

/** One message of a pack about one program. */
export interface ProgramMessage extends Finding {
  readonly program: string;
}

/** Every message of both packs about every program, by their own servers, in the order of the programs. */
export async function programMessages(preset: Preset): Promise<ProgramMessage[]> {
  const clients = await Promise.all(PACKS.map((pack) => start(pack, preset)));
  const messages: ProgramMessage[] = [];
  for (const [program, run] of Object.entries(PROGRAMS)) {
    const { resources } = await record(run, { project: program, stack: "test" });
    const plan = analyzedResources(resources);
    for (const { client } of clients)
      messages.push(...(await analyze(client, plan)).map((one) => ({ ...findingOf(one), program })));
  }
  for (const { client, stop } of clients) {
    client.close();
    stop();
  }
  return messages;
}

async function start(pack: string, preset: Preset): Promise<{ client: PackClient; stop: () => void }> {
  const folder = join(POLICIES, pack);
  await buildPackIfStale(folder);
  const server = await startPack(folder);
  const client = new PackClient(server.address);
  const settings = readSettings(join(folder, "presets", `${preset}.json`));
  await client.configure({ project: "programs", stack: "test" }, settings);
  return { client, stop: server.stop };
}

/** `true` for a message that somebody who runs the program would want, or why it is noise. */
interface Judgement {
  readonly message: string;
  readonly verdict: "true" | "noise";
  /** What makes it noise. */
  readonly why?: string;
}

/** Judgements by program; a message is `rule resource: words`. */
export type Judged = Readonly<Record<string, readonly Judgement[]>>;

export function readJudged(): Judged {
  return JSON.parse(readFileSync(JUDGED_FILE, "utf8")) as Judged;
}

/** A message as it is judged: rule, resource and the words without the remedy. */
export function lineOf({ policy, urn, message }: Finding): string {
  const name = urn.slice(urn.lastIndexOf("::") + 2);
  return `${policy} ${name}: ${message.split(". ")[0]}`;
}
