import { coverageTable, optionTable, replaceSection, ruleTable, topicTable, uncoveredTopics } from "../kit";
import { COST_CONTROLS } from "./controls";
import { costPack } from "./pack";
import { COST_TOPIC_COLLECTIONS, COST_TOPICS } from "./topics";

/** The README with its generated tables brought up to date. */
export function renderReadme(readme: string): string {
  const { rules } = costPack;
  const sections: readonly (readonly [string, string])[] = [
    ["rules", ruleTable(rules)],
    ["options", optionTable(rules)],
    ["coverage", coverageTable(COST_CONTROLS, rules)],
    ["topics", topicTable(COST_TOPIC_COLLECTIONS, COST_TOPICS)],
    ["uncovered", uncoveredTopics(COST_TOPICS)],
  ];
  return sections.reduce((text, [name, table]) => replaceSection(text, name, table), readme);
}
