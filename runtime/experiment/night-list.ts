import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Category } from "../../contracts/categories";
import { HORIZON_DAYS } from "../../contracts/horizon";
import { type DayNumber, dayNumber, isoDate } from "../../forecasting/calendar/day";
import { type NightModels, readNightModels } from "../scoring/night-models";

/** One night's forecasts of both models. */
export interface Night {
  readonly folder: string;
  /** Last day of sales that it knew. */
  readonly cutoff: DayNumber;
  readonly models: NightModels;
}

/** `<date>/<token>/forecasts` of a bucket's runs, and one more. */
const DEEPEST = 4;

/**
 * The nights in folders, in the order of time: every folder in them that holds forecasts, whatever its name, or the folders
 * themselves.
 *
 * @throws Error for two nights with the same cutoff: nobody knows which one the orders went by
 */
export async function listNights(folders: readonly string[]): Promise<Night[]> {
  const nights = (await Promise.all(folders.map((folder) => nightsBelow(folder, DEEPEST)))).flat();
  nights.sort((a, b) => a.cutoff - b.cutoff);
  nights.forEach((night, i) => {
    const before = nights[i - 1];
    if (before?.cutoff === night.cutoff) {
      throw new Error(
        `${before.folder} and ${night.folder} are both the night after ${isoDate(night.cutoff)}`,
      );
    }
  });
  return nights;
}

async function nightsBelow(folder: string, depth: number): Promise<Night[]> {
  const own = await nightIn(folder);
  if (own || depth === 0) return own ? [own] : [];
  const inner = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  return (await Promise.all(inner.map(({ name }) => nightsBelow(join(folder, name), depth - 1)))).flat();
}

async function nightIn(folder: string): Promise<Night | undefined> {
  const models = await readNightModels(folder);
  return models && { folder, cutoff: dayNumber(models.cutoff), models };
}

/** A day, and the night whose forecast its orders went by. */
export interface ComparedDay {
  readonly day: DayNumber;
  readonly night: Night;
}

/** Days from an order to the shelf: the forecast that counts is at least so many days old. */
const ORDER_LEAD_DAYS = 2;

/**
 * The days that show the newest pair of a category's models, and those in between that nothing shows. A night that is
 * missing is filled by the one before it, as the orders of that day were.
 *
 * @param lastDay last day of sales
 */
export function comparedDays(
  nights: readonly Night[],
  category: Category,
  lastDay: DayNumber,
): { readonly days: readonly ComparedDay[]; readonly missing: readonly DayNumber[] } {
  const newest = nights[nights.length - 1];
  const pairOf = (night: Night | undefined) =>
    JSON.stringify([night?.models.champion[category], night?.models.challenger[category]]);
  const others = nights.map((night) => pairOf(night) !== pairOf(newest));
  const pair = nights.slice(others.lastIndexOf(true) + 1);
  const first = pair[0];
  const days: ComparedDay[] = [];
  const missing: DayNumber[] = [];
  if (!first) return { days, missing };
  for (let day = first.cutoff + ORDER_LEAD_DAYS; day <= lastDay; day++) {
    const night = pair.findLast(({ cutoff }) => cutoff + ORDER_LEAD_DAYS <= day);
    if (night && day <= night.cutoff + HORIZON_DAYS) days.push({ day, night });
    else missing.push(day);
  }
  return { days, missing };
}
