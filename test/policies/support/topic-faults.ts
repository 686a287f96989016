import type { Rule, Topic, TopicCollection } from "../../../policies/kit";

/** What is wrong with a list of topics: rules or collections that do not exist, topics without rule and reason. */
export function topicFaults(
  topics: readonly Topic[],
  collections: readonly TopicCollection[],
  rules: readonly Rule[],
): string[] {
  const ids = new Set(rules.map(({ id }) => id));
  const keys = new Set(collections.map(({ key }) => key));
  const named = topics.flatMap((topic) => topic.rules);
  return [
    ...named.filter((id) => !ids.has(id)).map((id) => `there is no rule ${id}`),
    ...named.filter((id, i) => named.indexOf(id) !== i).map((id) => `${id} is in two topics`),
    ...topics
      .filter((topic) => topic.rules.length === 0 && (topic.reason ?? "").length < 20)
      .map(({ title }) => `${title} has neither rule nor reason`),
    ...topics
      .flatMap(({ counts }) => [...counts])
      .filter(([key, count]) => !keys.has(key) || !(count > 0))
      .map(([key]) => `there is no collection ${key}`),
    ...[...keys]
      .filter((key) => !topics.some(({ counts }) => counts.has(key)))
      .map((key) => `${key} has no topic`),
  ];
}
