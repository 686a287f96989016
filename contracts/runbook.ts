/** End of an alarm's description: where somebody who is woken by it reads on. A test holds both together. */
export const runbookLink = (section: string): string => `See docs/runbook.md#${section}`;
