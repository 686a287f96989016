/** `npx tsx scripts/policy-tables.ts`: writes the generated tables of the security pack's README. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { coverageTable, optionTable, replaceSection, ruleTable } from "../policies/kit";
import { ANCHORS } from "../policies/security/anchors";
import { securityPack } from "../policies/security/pack";

export const SECURITY_README = join(__dirname, "..", "policies", "security", "README.md");

/** The README with its tables made anew from the rules. */
export async function renderSecurityReadme(readme: string): Promise<string> {
  const { rules } = securityPack;
  const rendered = [
    { name: "coverage", content: coverageTable(ANCHORS, rules) },
    { name: "rules", content: ruleTable(rules) },
    { name: "options", content: optionTable(rules) },
  ].reduce((text, { name, content }) => replaceSection(text, name, content), readme);
  return format(rendered, { ...(await resolveConfig(SECURITY_README)), parser: "markdown" });
}

if (require.main === module) {
  renderSecurityReadme(readFileSync(SECURITY_README, "utf8")).then(
    (text) => writeFileSync(SECURITY_README, text),
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
}
