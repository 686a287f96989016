import type { CleanupStep, Remnant } from "./cleanup-step";

/** Between two looks at what AWS is deleting. */
const POLL_SECONDS = 15;
/** Studio apps and endpoints take up to about ten minutes, file systems less. */
const LONGEST_WAIT_SECONDS = 30 * 60;

export type Outcome =
  | { readonly state: "found" }
  | { readonly state: "deleted" }
  /** AWS had not finished when the wait ended: the next run goes on with it. */
  | { readonly state: "leaving" }
  | { readonly state: "failed"; readonly reason: string };

export interface CleanupLine {
  readonly kind: string;
  readonly remnant: Remnant;
  readonly outcome: Outcome;
}

export interface CleanupResult {
  readonly lines: readonly CleanupLine[];
  /** Steps that the account did not let look, with its reason. */
  readonly unseen: readonly { readonly kind: string; readonly reason: string }[];
}

export interface CleanupOptions {
  readonly isDryRun: boolean;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  readonly onProgress?: (kind: string, detail: string) => void;
}

/**
 * Goes through the steps in order. What fails is reported and does not stop the others: AWS itself rejects the deletion of
 * what still has parts, and the next run begins where this one ended.
 */
export async function runCleanup(
  steps: readonly CleanupStep[],
  options: CleanupOptions,
): Promise<CleanupResult> {
  const lines: CleanupLine[] = [];
  const unseen: { kind: string; reason: string }[] = [];
  for (const step of steps) {
    options.onProgress?.(step.kind, "looking");
    try {
      lines.push(...(await runStep(step, await step.find(), options)));
    } catch (error) {
      unseen.push({ kind: step.kind, reason: reasonOf(error) });
    }
  }
  return { lines, unseen };
}

async function runStep(
  step: CleanupStep,
  found: readonly Remnant[],
  options: CleanupOptions,
): Promise<CleanupLine[]> {
  const { kind } = step;
  if (options.isDryRun) {
    return found.map((remnant) => ({ kind, remnant, outcome: { state: "found" } }));
  }
  const lines: CleanupLine[] = [];
  for (const remnant of found) {
    options.onProgress?.(kind, `${remnant.name} (${lines.length + 1} of ${found.length})`);
    lines.push({ kind, remnant, outcome: await removeOne(step, remnant) });
  }
  return step.isWaitedFor ? waitFor(step, lines, options) : lines;
}

async function removeOne(step: CleanupStep, remnant: Remnant): Promise<Outcome> {
  try {
    if (remnant.isLeaving !== true) await step.remove(remnant);
    return { state: "deleted" };
  } catch (error) {
    return { state: "failed", reason: reasonOf(error) };
  }
}

async function waitFor(
  step: CleanupStep,
  lines: readonly CleanupLine[],
  options: CleanupOptions,
): Promise<CleanupLine[]> {
  const requested = new Set(
    lines.filter(({ outcome }) => outcome.state === "deleted").map(({ remnant }) => remnant.name),
  );
  const stillThere = async () =>
    new Map(
      (await step.find()).filter(({ name }) => requested.has(name)).map((found) => [found.name, found]),
    );
  const areLeaving = (found: ReadonlyMap<string, Remnant>) =>
    [...found.values()].filter(({ stuckBecause }) => stuckBecause === undefined).length;
  let left: ReadonlyMap<string, Remnant> = requested.size === 0 ? new Map() : await stillThere();
  for (let waited = 0; areLeaving(left) > 0 && waited < LONGEST_WAIT_SECONDS; waited += POLL_SECONDS) {
    options.onProgress?.(step.kind, `waiting for ${areLeaving(left)}`);
    await options.sleep(POLL_SECONDS * 1000);
    left = await stillThere();
  }
  return lines.map((line) => {
    const found = left.get(line.remnant.name);
    if (found === undefined) return line;
    const { stuckBecause: reason } = found;
    return { ...line, outcome: reason === undefined ? { state: "leaving" } : { state: "failed", reason } };
  });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const message = error.message.split("\n")[0] ?? "";
  return message === "" ? error.name : `${error.name}: ${message}`;
}
