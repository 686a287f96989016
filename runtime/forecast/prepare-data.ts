import { join } from "node:path";
import { generateLake } from "../jobs/generate";
import type { Reconciliation } from "../report/report-data";
import type { Steps } from "./steps";

export interface DataOptions {
  /** Folder with the user's own files; generated files otherwise. */
  readonly data?: string;
  readonly stores: number;
  readonly skus: number;
  readonly days: number;
  readonly seed: number;
}

export interface PreparedData {
  readonly lake: string;
  readonly reconciliation?: Reconciliation;
}

/** Fills `folder`/lake. */
export async function prepareData(options: DataOptions, folder: string, steps: Steps): Promise<PreparedData> {
  const lake = join(folder, "lake");
  await steps.run("generate", async () => {
    const summary = await generateLake({ ...options, out: lake });
    return { result: undefined, detail: `${summary.rowCount.toLocaleString("en")} rows` };
  });
  return { lake };
}
