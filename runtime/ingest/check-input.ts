import { UserError } from "../engine/files/clear-error";
import { Database } from "../engine/duckdb/database";
import type { IngestConfig } from "./config";
import { configFor } from "./config-file";
import { findInputFiles, noSales, unreadWarnings, type InputFiles } from "./input-files";
import type { SalesLayout } from "./sales-layout";
import { UnreadableInput } from "./unreadable-input";

/** What a first look at the input has found. */
export interface InputCheck {
  readonly config: IngestConfig;
  readonly files: InputFiles;
  /** How the first sales file that can be used is read. */
  readonly layout: SalesLayout;
  readonly warnings: readonly string[];
}

/**
 * Looks at the files' names, headers and first rows, without reading all of them: a second for what an ingest would say
 * after minutes. Throws when there is nothing that could be ingested, and names all that is missing.
 */
export async function checkInput(input: string, config?: string | object): Promise<InputCheck> {
  const settings = await configFor(input, config);
  const database = await Database.open({ memoryMegabytes: 200 });
  try {
    const files = await findInputFiles(database, input, settings);
    if (files.tables.transactions.length === 0) throw noSales(input, files);
    const layout = files.sales.find((one) => one.layout)?.layout;
    const problems = files.sales.flatMap(({ file, start }) =>
      start.problem === undefined ? [] : [`${file.name}: ${start.problem}`],
    );
    const denied = problems.find((problem) => /cannot be read/.test(problem));
    if (denied !== undefined) throw new UnreadableInput(denied);
    if (!layout) throw new UserError(`${input}: no sales can be read: ${problems.slice(0, 5).join("; ")}`);
    return { config: settings, files, layout, warnings: [...unreadWarnings(files), ...problems] };
  } finally {
    database.close();
  }
}
