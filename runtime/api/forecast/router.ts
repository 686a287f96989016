import { CATEGORIES, type Category } from "../../../contracts/categories";
import { type LiveSplit, SPLIT_MAX_AGE_SECONDS, type SplitReader } from "../../../contracts/experiment";
import { MODEL_VERSION_PATTERN } from "../../../contracts/model-artifact";
import type { Variant } from "../../../contracts/variants";
import { assignVariant } from "../../../forecasting/experiment/assign-variant";
import type { LiveVersions, ModelPointers } from "../../stores/model-pointers";
import { Refreshed } from "../../stores/refreshed";

/** A moved pointer is seen within ten seconds, and a rollback by every function long before its minute is over. */
const FRESH_MILLISECONDS = 10_000;

/** What serves a category in one store. */
export interface Route {
  readonly category: Category;
  readonly variant: Variant;
  /** Undefined when no version is known: the fallbacks serve. */
  readonly version?: string;
  readonly experimentId?: string;
}

export interface Routes {
  readonly byCategory: Readonly<Record<Category, Route>>;
  readonly notices: readonly string[];
}

/**
 * Picks variant and version for each category of a store: the experiment's share of stores gets its challenger, everybody
 * else the version that the champion's pointer names. Categories are apart: one that cannot be read leaves the others alone.
 */
export class Router {
  private readonly pointers: Refreshed<LiveVersions>;
  private readonly splits: Readonly<Record<Category, Refreshed<LiveSplit | undefined>>>;

  public constructor(pointers: ModelPointers, splits: SplitReader, now: () => number) {
    // A pointer names a version that never changes: an old one still serves what was right a while ago.
    this.pointers = new Refreshed(() => pointers.readAll(), { freshMilliseconds: FRESH_MILLISECONDS, now });
    this.splits = byCategory(
      (category) =>
        new Refreshed(() => splits.readSplit(category), {
          freshMilliseconds: FRESH_MILLISECONDS,
          usableMilliseconds: SPLIT_MAX_AGE_SECONDS * 1000,
          now,
        }),
    );
  }

  /** Never throws: what cannot be read is served by the champion, or by fallbacks. */
  public async route(storeCode: string): Promise<Routes> {
    const notices: string[] = [];
    const noted = <T>(what: string, read: Promise<{ value: T; isStale: boolean }>) =>
      read.then(
        ({ value, isStale }) => {
          if (isStale) notices.push(`${what} cannot be read anew: what was read before is used`);
          return value;
        },
        (error: unknown) => {
          notices.push(`${what} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
          return undefined;
        },
      );
    const [live, ...splits] = await Promise.all([
      noted("the model pointers", this.pointers.get()),
      ...CATEGORIES.map((category) => noted(`the experiment of ${category}`, this.splits[category].get())),
    ]);
    const routes = byCategory((category) =>
      routeOf(category, storeCode, live, splits[CATEGORIES.indexOf(category)]),
    );
    return { byCategory: routes, notices };
  }

  /** @throws when they cannot be read and never were */
  public async liveVersions(): Promise<LiveVersions> {
    return (await this.pointers.get()).value;
  }
}

function routeOf(
  category: Category,
  storeCode: string,
  live: LiveVersions | undefined,
  split: LiveSplit | undefined,
): Route {
  const variant = split
    ? assignVariant(storeCode, split.experimentId, split.challengerShare)
    : ("champion" as const);
  // The experiment compares one challenger; the champion is whatever its pointer says, also after a rollback.
  const version = variant === "challenger" ? split?.challengerVersion : live?.champion[category];
  return {
    category,
    variant,
    ...(version !== undefined && MODEL_VERSION_PATTERN.test(version) ? { version } : {}),
    ...(split ? { experimentId: split.experimentId } : {}),
  };
}

function byCategory<T>(of: (category: Category) => T): Record<Category, T> {
  return Object.fromEntries(CATEGORIES.map((category) => [category, of(category)])) as Record<Category, T>;
}
