/** `npx tsx scripts/policy-tables.ts`: writes the generated tables of both packs' READMEs. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import {
  coverageTable,
  optionTable,
  replaceSection,
  ruleTable,
  topicTable,
  uncoveredTopics,
} from "../policies/kit";
import { SECURITY_CONTROLS } from "../policies/security/controls";
import { TOPIC_COLLECTIONS, TOPICS } from "../policies/security/topics";
import { renderReadme } from "../policies/cost/render-readme";
import { securityPack } from "../policies/security/pack";
import { replaceFileSync } from "../runtime/engine/files/replace-file";
import { runCommand } from "./terminal/run-command";

const COST_README = join(__dirname, "..", "policies", "cost", "README.md");
export const SECURITY_README = join(__dirname, "..", "policies", "security", "README.md");

/** The README with its tables made anew from the rules. */
export async function renderSecurityReadme(readme: string): Promise<string> {
  const { rules } = securityPack;
  const rendered = [
    { name: "coverage", content: coverageTable(SECURITY_CONTROLS, rules) },
    { name: "topics", content: topicTable(TOPIC_COLLECTIONS, TOPICS) },
    { name: "uncovered", content: uncoveredTopics(TOPICS) },
    { name: "rules", content: ruleTable(rules) },
    { name: "options", content: optionTable(rules) },
  ].reduce((text, { name, content }) => replaceSection(text, name, content), readme);
  return format(rendered, { ...(await resolveConfig(SECURITY_README)), parser: "markdown" });
}

async function main(): Promise<number> {
  replaceFileSync(COST_README, renderReadme(readFileSync(COST_README, "utf8")));
  replaceFileSync(SECURITY_README, await renderSecurityReadme(readFileSync(SECURITY_README, "utf8")));
  return 0;
}

if (require.main === module) runCommand(main);
