import { boost, type BoostResult } from "../../forecasting/trees/boost";
import { stopTeam } from "../../forecasting/trees/thread-team";
import type { TrainerPool } from "../../forecasting/trees/train-trees";
import type { RoundResult } from "../../forecasting/trees/tree-options";
import type { TrainingState } from "../../forecasting/trees/training-state";
import { defineTask, type Report } from "../engine/threads/task";
import type { ThreadPool } from "../engine/threads/thread-pool";

interface BoostTask {
  readonly state: TrainingState;
  /** 0 for the first thread of the team: it alone reports and returns the trees, the others hold the same ones. */
  readonly member: number;
}

/** @public a worker thread calls it by name */
export function boostMember({ state, member }: BoostTask, report: Report): BoostResult | undefined {
  if (member > 0) {
    boost(state);
    return undefined;
  }
  return boost(state, (round: RoundResult) => report(round));
}

export const BOOST = defineTask(__filename, boostMember);

/** All threads of a pool as one team that trains. */
export function trainerPool(pool: ThreadPool): TrainerPool {
  const { threads } = pool;
  return {
    threads,
    boost: async (state, onRound) => {
      if (state.threads !== threads) {
        throw new Error(`the training expects ${state.threads} threads, the pool has ${threads}`);
      }
      const payloads = Array.from({ length: threads }, (_, member) => ({ state, member }));
      const results = await pool.run(BOOST, payloads, {
        onReport: (message) => onRound(message as RoundResult),
        // The others wait for a thread that will never arrive.
        onError: () => stopTeam(state.arrays.control),
      });
      return results[0]!;
    },
  };
}
