/** `npm run policies:tables`: writes the generated tables of both packs' READMEs, and their presets. */
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { format, resolveConfig } from "prettier";
import {
  coverageTable,
  optionTable,
  replaceSection,
  ruleTable,
  judgedTable,
  topicTable,
  type JudgedMessage,
  type Pack,
  uncoveredTopics,
} from "../policies/kit";
import { SECURITY_CONTROLS } from "../policies/security/controls";
import { TOPIC_COLLECTIONS, TOPICS } from "../policies/security/topics";
import { renderReadme } from "../policies/cost/render-readme";
import { costPack } from "../policies/cost/pack";
import { securityPack } from "../policies/security/pack";
import { replaceFileSync } from "../runtime/engine/files/replace-file";
import { runCommand } from "./terminal/run-command";

const COST_README = join(__dirname, "..", "policies", "cost", "README.md");
const JUDGED = join(__dirname, "..", "test", "policies", "programs", "judged.json");
export const SECURITY_README = join(__dirname, "..", "policies", "security", "README.md");

/** The README with its tables made anew from the rules. */
export async function renderSecurityReadme(readme: string): Promise<string> {
  const { rules } = securityPack;
  const rendered = [
    { name: "coverage", content: coverageTable(SECURITY_CONTROLS, rules) },
    { name: "topics", content: topicTable(TOPIC_COLLECTIONS, TOPICS) },
    { name: "uncovered", content: uncoveredTopics(TOPICS) },
    { name: "programs", content: judgedTable(judged()) },
    { name: "rules", content: ruleTable(rules) },
    { name: "options", content: optionTable(rules) },
  ].reduce((text, { name, content }) => replaceSection(text, name, content), readme);
  return format(rendered, { ...(await resolveConfig(SECURITY_README)), parser: "markdown" });
}

/** What people judged the messages about the programs of others to be. */
function judged(): JudgedMessage[] {
  return Object.values(JSON.parse(readFileSync(JUDGED, "utf8")) as Record<string, JudgedMessage[]>).flat();
}

/** The files of a pack's presets by path, as they ship with it. */
export async function renderPresets(pack: Pack): Promise<Record<string, string>> {
  const files = Object.entries(pack.presets).map(async ([name, preset]) => {
    const file = join(__dirname, "..", "policies", pack.name, "presets", `${name}.json`);
    const text = await format(JSON.stringify(preset), { ...(await resolveConfig(file)), parser: "json" });
    return [file, text] as const;
  });
  return Object.fromEntries(await Promise.all(files));
}

async function main(): Promise<number> {
  replaceFileSync(COST_README, renderReadme(readFileSync(COST_README, "utf8")));
  replaceFileSync(SECURITY_README, await renderSecurityReadme(readFileSync(SECURITY_README, "utf8")));
  for (const pack of [securityPack, costPack]) {
    for (const [file, text] of Object.entries(await renderPresets(pack))) {
      mkdirSync(dirname(file), { recursive: true });
      replaceFileSync(file, text);
    }
  }
  return 0;
}

if (require.main === module) runCommand(main);
