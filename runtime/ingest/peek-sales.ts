import type { Database } from "../engine/duckdb/database";
import { findColumns, rateHeader } from "./columns";
import type { IngestConfig } from "./config";
import { findLayout } from "./find-layout";
import { GuessedHeader } from "./guess-header";
import type { InputFile } from "./list-files";
import { peekAt, type FileStart } from "./peek";
import { sameHeader } from "./same-header";
import type { SalesLayout } from "./sales-layout";

const FIRST_ROWS = 50;
/** What a header does not say must show in more rows. */
const ROWS_TO_GUESS_BY = 200;

/** The beginning of a file of sales, and how the rest is read. */
export interface SalesStart {
  readonly file: InputFile;
  readonly start: FileStart;
  /** Undefined when it cannot be read as sales; `start.problem` says why. */
  readonly layout?: SalesLayout;
}

/** Looks at a file of sales: by the names of its columns, and where they do not do by its widest line and what stands under it. */
export async function peekSales(
  database: Database,
  file: InputFile,
  config: IngestConfig,
): Promise<SalesStart> {
  const guess = new GuessedHeader();
  const start = await peekAt(database, file, config, FIRST_ROWS, {
    rate: (names) => {
      guess.offer(names);
      return rateHeader("transactions", names, config);
    },
    check: (names) => void findColumns("transactions", names, config),
  });
  if (start.problem === undefined && start.header !== undefined) return withLayout(file, start, config);
  const names = guess.names ?? start.header;
  if (names === undefined || start.isFinal) return { file, start };
  const again = await peekAt(database, file, config, ROWS_TO_GUESS_BY, {
    rate: sameHeader(names),
    check: () => undefined,
  });
  if (again.problem !== undefined || again.rows.length === 0) return { file, start };
  return withLayout(file, again, config);
}

function withLayout(file: InputFile, start: FileStart, config: IngestConfig): SalesStart {
  const found = findLayout(start.header ?? [], start.rows, file.name, config);
  return "layout" in found
    ? { file, start, layout: found.layout }
    : { file, start: { ...start, problem: found.problem } };
}
