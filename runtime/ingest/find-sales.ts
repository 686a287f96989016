import { basename } from "node:path";
import type { Database } from "../engine/duckdb/database";
import type { IngestConfig } from "./config";
import { findCalendar, findOrders } from "./day-table";
import type { InputFile } from "./list-files";
import { peekSales } from "./peek-sales";
import type { SalesFile } from "./sales-file";
import { withoutRepeats } from "./same-sales";

export interface FoundSales {
  readonly sales: readonly SalesFile[];
  /** Files that no name claims as sales. */
  readonly byColumns: readonly InputFile[];
  /** Why files that might be sales are not read. */
  readonly unread: ReadonlyMap<InputFile, string>;
}

/** Files that have a date and figures and are no sales. */
const NO_SALES =
  /weather|wetter|temper|holiday|calendar|feature|submission|天気|気温|カレンダー|order|deliver|purchas|stock|inventor|forecast|waste|plan|budget|reserv|submission|^test\b|[_-]test\b|発注|納品|入荷|仕入|在庫|廃棄|予測|計画|予約/i;

/**
 * Which files are the sales. Those that are named so, where at least one of them can be read; else those whose columns need
 * least to be concluded; else those that are named like something else; else lines of orders whose days another file has.
 */
export async function findSales(
  database: Database,
  named: readonly InputFile[],
  unclaimed: readonly InputFile[],
  claimed: readonly InputFile[],
  config: IngestConfig,
): Promise<FoundSales> {
  const look = async (files: readonly InputFile[]) => {
    const starts: SalesFile[] = [];
    for (const file of files) starts.push(await peekSales(database, file, config));
    return starts;
  };
  const ours = await look(named);
  if (ours.some(({ layout }) => layout !== undefined)) {
    const beside = ours.some(isNumbered) ? await look(unclaimed) : [];
    return chosen(ours, [], [...ours, ...beside], config);
  }
  const others = await look(unclaimed);
  const masters = (await look(claimed)).filter(({ layout }) => layout !== undefined);
  const all = [...ours, ...others, ...masters];
  const isOdd = ({ file }: SalesFile) => NO_SALES.test(basename(file.name)) || claimed.includes(file);
  const usual = all.filter(
    (one) => one.layout && (!isOdd(one) || (claimed.includes(one.file) && one.layout.guesses === 0)),
  );
  for (const tier of [usual, all.filter((one) => one.layout && isOdd(one))]) {
    const fewest = Math.min(...tier.map(({ layout }) => layout?.guesses ?? 0));
    const best = tier.filter(({ layout }) => layout?.guesses === fewest);
    if (best.length > 0)
      return chosen(
        best,
        best.map(({ file }) => file),
        all,
        config,
      );
  }
  for (const lines of all) {
    const found = findOrders(lines, all, config);
    if (found) return { sales: [{ ...lines, ...found }], byColumns: [lines.file], unread: new Map() };
  }
  return { sales: ours, byColumns: [], unread: problems(all, ours) };
}

const isNumbered = ({ layout }: SalesFile) => layout?.wide?.kind === "numbered days";

function chosen(
  sales: readonly SalesFile[],
  byColumns: readonly InputFile[],
  all: readonly SalesFile[],
  config: IngestConfig,
): FoundSales {
  const { kept, repeats } = withoutRepeats(sales);
  const dated = kept.map((one) => (isNumbered(one) ? withCalendar(one, all, config) : one));
  const left = dated.map(({ file }) => file);
  // Beside sales a file without their columns is something else.
  return { sales: dated, byColumns: byColumns.filter((file) => left.includes(file)), unread: repeats };
}

function withCalendar(one: SalesFile, all: readonly SalesFile[], config: IngestConfig): SalesFile {
  const names = one.layout?.wide?.columns.map(({ name }) => name) ?? [];
  const days = findCalendar(names[0] ?? "", all, config);
  if (days) return { ...one, days };
  const problem = `the columns ${names[0]} to ${names.at(-1)} are numbered days: put the calendar that says which days they are beside it (a file with a column of these names and one of dates)`;
  return { file: one.file, start: { ...one.start, problem } };
}

/** What keeps files from being sales, where none is. */
function problems(all: readonly SalesFile[], but: readonly SalesFile[]): Map<InputFile, string> {
  return new Map(
    all.flatMap((one) =>
      one.start.problem === undefined || but.some(({ file }) => file === one.file)
        ? []
        : [[one.file, one.start.problem]],
    ),
  );
}
