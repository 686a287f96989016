import { possibleReadings, type DateOrder, type DateRules } from "./parse-date";
import type { DayNumber } from "./day";

const ORDERS: readonly DateOrder[] = ["ymd", "dmy", "mdy"];
const EARLIEST = 10_957; // 2000-01-01
/** A reading whose dates lie this much further back than another's is not meant: 26/01/05 is not of 2005. */
const FAR_DAYS = 5 * 366;

/** Dates that only one order reads, before no more are asked for. */
const DECIDING_DATES = 3;

/** What one form of date (the year in full, or two digits of it) has shown. */
class FormEvidence {
  public count = 0;
  private readonly wrong: Record<DateOrder, number> = { ymd: 0, dmy: 0, mdy: 0 };
  private readonly latest: Record<DateOrder, DayNumber> = { ymd: -Infinity, dmy: -Infinity, mdy: -Infinity };

  public add(days: ReadonlyMap<DateOrder, DayNumber>, today: DayNumber): void {
    this.count += 1;
    for (const order of ORDERS) {
      const day = days.get(order);
      if (day === undefined || day > today || day < EARLIEST) this.wrong[order] += 1;
      else this.latest[order] = Math.max(this.latest[order], day);
    }
  }

  /** Whether `order` reads so few of the dates that one wrong date has not decided. */
  public isAgainst(order: DateOrder): boolean {
    return this.count > 0 && this.wrong[order] * 10 > this.count;
  }

  /** Whether more dates can hardly change the order: one wrong date does not settle it. */
  public get isSettled(): boolean {
    const { order } = this;
    if (order === undefined) return this.count === 0;
    const rivals = ORDERS.filter(
      (other) => other !== order && this.latest[other] > this.latest[order] - FAR_DAYS,
    );
    return rivals.every((other) => this.wrong[other] >= this.wrong[order] + DECIDING_DATES);
  }

  /** The only order that reads (nearly) all dates; undefined while two do, or none does. */
  public get order(): DateOrder | undefined {
    if (this.count === 0) return undefined;
    const fewest = Math.min(...ORDERS.map((order) => this.wrong[order]));
    const best = ORDERS.filter((order) => this.wrong[order] === fewest);
    const recent = Math.max(...best.map((order) => this.latest[order]));
    const left = best.filter((order) => this.latest[order] > recent - FAR_DAYS);
    return left.length === 1 && fewest * 10 <= this.count ? left[0] : undefined;
  }
}

/** The order of one file's dates where it is another than that of all files, which then cannot read them. */
function differing(one: FormEvidence, all: FormEvidence): DateOrder | undefined {
  if (one.order === undefined || one.order === all.order) return undefined;
  return all.order === undefined || one.isAgainst(all.order) ? one.order : undefined;
}

type Orders = Pick<DateRules, "order" | "shortOrder">;

/**
 * Collects what a column's dates say about their order. One 23/11/2026 settles that the day comes first; a reading that
 * gives days after today, or years in the past beside another that does not, is out.
 */
export class DateOrderEvidence {
  private readonly full = new FormEvidence();
  private readonly short = new FormEvidence();

  public constructor(private readonly today: DayNumber) {}

  public add(text: string): void {
    const readings = possibleReadings(text);
    if (readings) (readings.isShort ? this.short : this.full).add(readings.days, this.today);
  }

  /** Whether any date so far needs an order at all. */
  public get isNeeded(): boolean {
    return this.full.count + this.short.count > 0;
  }

  /** Whether more dates could tell more. */
  public get isClear(): boolean {
    return this.full.isSettled && this.short.isSettled;
  }

  /** What one file says that `all` do not; undefined where it says the same, or too little to differ. */
  public rulesBeside(all: DateOrderEvidence): Orders | undefined {
    const full = differing(this.full, all.full);
    const short = differing(this.short, all.short);
    if (full === undefined && short === undefined) return undefined;
    return { ...(full ? { order: full } : {}), ...(short ? { shortOrder: short } : {}) };
  }

  public get rules(): Orders {
    const [order, shortOrder] = [this.full.order, this.short.order];
    return { ...(order ? { order } : {}), ...(shortOrder ? { shortOrder } : {}) };
  }
}
