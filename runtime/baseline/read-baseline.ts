import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { BASELINE_TABLES, type BaselineState } from "../../forecasting/baseline/state";

/** The fitted factors, in the output folder of `fitBaseline`. */
export const BASELINE_FILE = "baseline.json";

const CELLS = { VARCHAR: z.string(), INTEGER: z.number().int(), DOUBLE: z.number() } as const;

const stateSchema = z.object({
  fittedTo: z.iso.date(),
  settings: z.object({
    fitDays: z.number(),
    olderWeight: z.number(),
    priorDays: z.number(),
    trendUnits: z.number(),
  }),
  tables: z.object(
    Object.fromEntries(
      Object.entries(BASELINE_TABLES).map(([table, columns]) => {
        const [first, ...others] = columns.map(({ type }) => CELLS[type]);
        return [table, z.array(z.tuple([first!, ...others]))];
      }),
    ),
  ),
});

/** The factors that `fitBaseline` wrote into a folder; a file that is not whole is named with what is wrong in it. */
export async function readBaseline(folder: string): Promise<BaselineState> {
  const path = join(folder, BASELINE_FILE);
  const text = await readFile(path, "utf8").catch(() => {
    throw new Error(`${folder} holds no fitted baseline: there is no ${BASELINE_FILE}`);
  });
  const parsed = stateSchema.safeParse(parseJson(path, text));
  if (parsed.success) return parsed.data as unknown as BaselineState;
  const [issue] = parsed.error.issues;
  throw new Error(`${path}: "${issue?.path.join(".")}" is wrong (${issue?.message}): fit the baseline again`);
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${path} is cut off or not JSON: fit the baseline again`);
  }
}
