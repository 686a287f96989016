export { canonicalType, namesOfType } from "./canonical-type";
export { UNKNOWN, isUnknown, containsUnknown } from "./unknown";
export { Value } from "./value";
export { propertyTexts } from "./property-texts";
export type { Resource, Properties } from "./resource";
export {
  appliesTo,
  defaultLevel,
  isStackRule,
  type Level,
  type OptionSchema,
  type ResourceRule,
  type Rule,
  type RuleFacts,
  type Severity,
  type StackRule,
} from "./rule";
export type { ResourceCheck } from "./resource-check";
export { StackGraph, type StackCheck } from "./stack-check";
export { matchesPattern, type Condition, type PolicyDocument, type Statement } from "./documents/policy";
export type { State, StateMachineDocument } from "./documents/state-machine";
export { matchesGlob, parseExemptions, type Exemption } from "./exemptions";
export { nearestName } from "./nearest";
export { definePack, type Pack, type PackSource } from "./pack";
export type { Preset } from "./preset";
export { parseSettings, type PackSettings } from "./settings";
export { HIDDEN, SecretTexts } from "./secrets";
export { Session } from "./session";
export { isViolated, type Outcome, type Verdict } from "./verdict";
export { toPolicies } from "./sdk-policies";
export {
  coverageTable,
  judgedTable,
  optionTable,
  replaceSection,
  ruleTable,
  type ControlCollection,
  type JudgedMessage,
} from "./table";
export { parseTopics, topicTable, uncoveredTopics, type Topic, type TopicCollection } from "./topics";
