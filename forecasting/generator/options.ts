import { dayNumber, type DayNumber } from "../calendar/day";
import { HORIZON_DAYS } from "../../contracts/horizon";

export interface WorldOptions {
  readonly stores: number;
  readonly skus: number;
  /** Days of history, the cutoff included. */
  readonly days: number;
  readonly seed: number;
  /** Stores and items that change as real ones do (changes.ts). @default false: the plain world that benchmarks compare */
  readonly unsteady?: boolean;
  /** The cutoff, an ISO date. @default 2026-11-22 */
  readonly lastDay?: string;
}

/** The days of a generated world: `dayCount` of history and HORIZON_DAYS more that only the truth knows. */
export interface WorldDays {
  readonly firstDay: DayNumber;
  readonly cutoff: DayNumber;
  readonly dayCount: number;
  readonly knownDayCount: number;
}

const LIMITS = { stores: 2000, skus: 20_000, days: 2000, seed: 2_147_483_647 } as const;

/** Checks the options; each message names the option, the value and what is allowed. */
export function worldDays(options: WorldOptions): WorldDays {
  for (const [name, highest] of Object.entries(LIMITS) as [keyof typeof LIMITS, number][]) {
    const value = options[name];
    const lowest = name === "seed" ? 0 : 1;
    if (!Number.isInteger(value) || value < lowest || value > highest) {
      throw new Error(`${name} is ${value}: an integer from ${lowest} to ${highest} is allowed`);
    }
  }
  const cutoff = dayNumber(options.lastDay ?? "2026-11-22");
  const firstDay = cutoff - options.days + 1;
  return { firstDay, cutoff, dayCount: options.days, knownDayCount: options.days + HORIZON_DAYS };
}
