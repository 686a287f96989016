/** Whether a rule is about the run itself and not about resources: it has no cases of its own, and specs of its own. */
export function isAboutTheRun(id: string): boolean {
  return /-(exemptions|unchecked-types)$/.test(id);
}
