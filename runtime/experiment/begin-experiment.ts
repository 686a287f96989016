import type { Category } from "../../contracts/categories";
import { CLOSED_PHASES } from "../../contracts/experiment";
import { modelPointer } from "../../contracts/parameters";
import { VARIANTS } from "../../contracts/variants";
import { DEFAULT_PLAN, emptyState } from "../../forecasting/experiment/experiment";
import { refusal, startExperiment } from "../../forecasting/experiment/start";
import type { EvaluatorPorts, EvaluatorSettings } from "./evaluator-ports";
import type { ExperimentJournal, JournalEntry } from "./journal";

/** The first revision of an experiment, or why there is none. */
export type Beginning = { readonly entry: JournalEntry } | { readonly refused: string };

interface BeginRequest {
  readonly championVersion: string;
  readonly challengerVersion: string;
  readonly by: string;
  /** Whether a machine asks, and not a person. */
  readonly isAutomatic: boolean;
}

/** Writes down that two versions of a category's model are compared from now on; the next look at it moves the traffic. */
export async function beginExperiment(
  category: Category,
  { journal, now }: { readonly journal: ExperimentJournal; readonly now: () => number },
  { championVersion, challengerVersion, by, isAutomatic }: BeginRequest,
): Promise<Beginning> {
  const latest = await journal.latest(category);
  const state = latest?.state ?? emptyState(category);
  const at = new Date(now()).toISOString();
  const request = { championVersion, challengerVersion, plan: DEFAULT_PLAN, now: at, by, isAutomatic };
  const refused = refusal(state, request);
  if (refused !== undefined) return { refused };
  const next = startExperiment(state, request);
  const entry: JournalEntry = {
    category,
    revision: (latest?.revision ?? 0) + 1,
    at: next.experiment!.startedAt,
    by,
    action: "start",
    reasons: [`${challengerVersion} against ${championVersion}`],
    evidence: {},
    state: next,
  };
  if (await journal.append(entry)) return { entry };
  return {
    refused: `somebody else has just changed the experiment of ${category}: look at it and try again`,
  };
}

/**
 * Begins the experiment of a version that was approved: the challenger's pointer names another one than the champion's, and no
 * experiment is live. Whoever approves moves that pointer alone (docs/adr/0114).
 *
 * @returns undefined where nothing waits for an experiment
 */
export async function beginApproved(
  category: Category,
  { journal, now, traffic }: Pick<EvaluatorPorts, "journal" | "now" | "traffic">,
  { environment, by }: Pick<EvaluatorSettings, "environment" | "by">,
): Promise<Beginning | undefined> {
  const phase = (await journal.latest(category))?.state.experiment?.phase;
  if (phase !== undefined && !CLOSED_PHASES.includes(phase)) return undefined;
  const [championVersion = "", challengerVersion = ""] = await Promise.all(
    VARIANTS.map((variant) => traffic.readPointer(modelPointer(environment, variant, category))),
  );
  if (championVersion === challengerVersion) return undefined;
  return beginExperiment(
    category,
    { journal, now },
    { championVersion, challengerVersion, by, isAutomatic: true },
  );
}
