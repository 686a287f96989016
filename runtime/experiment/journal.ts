import type { Category } from "../../contracts/categories";
import type { LiveSplit, SplitReader } from "../../contracts/experiment";
import { splitOf } from "../../forecasting/experiment/desired-traffic";
import type { CategoryState } from "../../forecasting/experiment/experiment";

/** One decision with its evidence, and the state after it. Never changed, never deleted: the record is the state. */
export interface JournalEntry {
  readonly category: Category;
  /** 1, 2, 3, … of the category. */
  readonly revision: number;
  /** Instant, ISO 8601. */
  readonly at: string;
  /** Who or what decided. */
  readonly by: string;
  readonly action: string;
  readonly reasons: readonly string[];
  /** What it was decided on. */
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly state: CategoryState;
}

/** Where the decisions of each category are kept, in order. */
export interface ExperimentJournal {
  /** As of now, not of a moment ago; undefined for a category without experiments. */
  latest(category: Category): Promise<JournalEntry | undefined>;
  /**
   * Writes a revision that is not there yet: the only lock there is. Whoever decides on the same revision second has to read
   * and decide again.
   *
   * @returns false where somebody else has written it
   */
  append(entry: JournalEntry): Promise<boolean>;
  /** Newest first. */
  history(category: Category, limit: number): Promise<JournalEntry[]>;
}

/** The routers' view of the journal. */
export class JournalSplits implements SplitReader {
  constructor(private readonly journal: Pick<ExperimentJournal, "latest">) {}

  async readSplit(category: Category): Promise<LiveSplit | undefined> {
    const entry = await this.journal.latest(category);
    return entry && splitOf(entry.state);
  }
}
