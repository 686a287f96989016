import { readFile } from "node:fs/promises";
import { lakePaths } from "../../contracts/lake-layout";
import { dayNumber } from "../../forecasting/calendar/day";
import { type LakeSummary } from "../../forecasting/lake/schema";

/** A field of lake.json: whether a value fits, and what is allowed, in words. */
interface Field {
  readonly fits: (value: unknown) => boolean;
  readonly allowed: string;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const isDay = (value: unknown): boolean => {
  try {
    return typeof value === "string" && dayNumber(value) > 0;
  } catch {
    return false;
  }
};

const isAscending = (value: unknown): boolean =>
  Array.isArray(value) && value.every((block, i) => isCount(block) && (i === 0 || block > value[i - 1]));

const COUNT: Field = { fits: isCount, allowed: "a whole number from 0 up" };
const DAY: Field = { fits: isDay, allowed: "a day such as 2026-11-23" };

const FIELDS: Readonly<Record<keyof LakeSummary, Field>> = {
  source: {
    fits: (value) => value === "generated" || value === "ingested",
    allowed: `"generated" or "ingested"`,
  },
  firstDay: DAY,
  cutoff: DAY,
  storeCount: COUNT,
  skuCount: COUNT,
  rowCount: COUNT,
  blocks: { fits: isAscending, allowed: "ascending whole numbers" },
  hasTruth: { fits: (value) => typeof value === "boolean", allowed: "true or false" },
  seed: { fits: (value) => value === undefined || isCount(value), allowed: COUNT.allowed },
  currency: {
    fits: (value) => value === undefined || (typeof value === "string" && /^[A-Z]{3}$/.test(value)),
    allowed: "three letters such as JPY",
  },
  warnings: {
    fits: (value) => Array.isArray(value) && value.every((line) => typeof line === "string"),
    allowed: "a list of texts",
  },
};

/** The summary of a lake; a folder without a good one is named with the field that is wrong and what is allowed. */
export async function readLake(lake: string): Promise<LakeSummary> {
  const path = lakePaths.summary(lake);
  const text = await readFile(path, "utf8").catch(() => {
    throw new Error(`${lake} is not a lake: it has no lake.json (generate or ingest writes one)`);
  });
  const found = parseObject(path, text);
  for (const [name, { fits, allowed }] of Object.entries(FIELDS)) {
    if (!fits(found[name]))
      throw new Error(`${path}: "${name}" is ${shown(found[name])}; allowed: ${allowed}`);
  }
  const summary = found as unknown as LakeSummary;
  if (summary.firstDay > summary.cutoff) {
    throw new Error(
      `${path}: "firstDay" is ${summary.firstDay}; allowed: a day up to the cutoff ${summary.cutoff}`,
    );
  }
  return summary;
}

function parseObject(path: string, text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new Error(`${path} is not JSON with an object: write the lake again`);
}

const SHOWN_CHARACTERS = 80;

const shown = (value: unknown) =>
  value === undefined ? "missing" : (JSON.stringify(value) ?? String(value)).slice(0, SHOWN_CHARACTERS);
