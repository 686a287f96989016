import { coverageTable, optionTable, replaceSection, ruleTable } from "../kit";
import { COST_ANCHORS } from "./anchors";
import { costPack } from "./pack";

/** The README with its three generated tables brought up to date. */
export function renderReadme(readme: string): string {
  const { rules } = costPack;
  const sections: readonly (readonly [string, string])[] = [
    ["rules", ruleTable(rules)],
    ["options", optionTable(rules)],
    ["coverage", coverageTable(COST_ANCHORS, rules)],
  ];
  return sections.reduce((text, [name, table]) => replaceSection(text, name, table), readme);
}
