import { emptyShare, filledCells, isNumeric, repeats, type Rows } from "./column-values";
import type { ColumnPositions } from "./columns";
import { GROUP } from "./measure-names";
import { plainName } from "./tables";

const NAME_WORD = /(?:name|nm|desc|description)$/;
const CODE_WORD = /(?:id|code|cd|no|number|nbr|key)$/;
const NAMED = new RegExp(`^[a-z]+${NAME_WORD.source}`);
const CODE = new RegExp(`^[a-z]+${CODE_WORD.source}`);
/** Numbers of a receipt or its lines. */
const LINES = /order|transaction|receipt|invoice|ticket|bill|line|detail|row|block|index|session|basket|cart/;
/** Names of people and places. */
const NO_ITEM =
  /customer|client|user|member|employee|staff|cashier|clerk|server|waiter|store|shop|branch|outlet|city|state|country|region|area|company|vendor|supplier|manufacturer|brand|first|last|full|nick|file|day|month|week|holiday|event|county|street|payment|card|postal|zip|phone|date|device|machine|campaign|locale|weather/;
const CALENDAR = /day|week|month|year|hour|hr$|time|quarter|season|holiday|曜|週|月|年|時/i;
/** A column with more values than this among the first rows is a number of the line. */
const MOST_ITEMS_SHARE = 0.6;

export type GuessedItem =
  | { readonly at: number; readonly name?: number; readonly note: string; readonly guesses: number }
  | { readonly one: string; readonly note: string; readonly guesses: number };

/** Which column tells the items apart where no name says it, or that there is but one. */
export function guessItem(header: readonly string[], rows: Rows, positions: ColumnPositions): GuessedItem {
  const plain = header.map(plainName);
  const taken = new Set(
    Object.entries(positions)
      .filter(([name]) => name !== "category" && name !== "name")
      .map(([, at]) => at),
  );
  const free = [...header.keys()].filter((at) => !taken.has(at) && emptyShare(rows, at) < 0.5);
  const isText = (at: number) => !isNumeric(rows, at);
  const named = free.find(
    (at) => NAMED.test(plain[at] ?? "") && !NO_ITEM.test(plain[at] ?? "") && isText(at),
  );
  if (named !== undefined) {
    // Sizes of one dish share its name, not its code.
    const stem = (plain[named] ?? "").replace(NAME_WORD, "");
    const own = free.find(
      (at) => stem !== "" && (plain[at] ?? "").replace(CODE_WORD, "") === stem && isFew(rows, at),
    );
    const at = own ?? named;
    return {
      at,
      guesses: 1,
      note: `items are those of "${header[at]}"`,
      ...(own === undefined ? {} : { name: named }),
    };
  }
  const code = free.find(
    (at) =>
      CODE.test(plain[at] ?? "") &&
      !NO_ITEM.test(plain[at] ?? "") &&
      !LINES.test(plain[at] ?? "") &&
      isFew(rows, at),
  );
  if (code !== undefined) return { at: code, guesses: 1, note: `items are those of "${header[code]}"` };
  const group = free.find((at) => GROUP.test(plain[at] ?? ""));
  if (group !== undefined)
    return { at: group, guesses: 2, note: `no item column: "${header[group]}" is taken for the items` };
  const key = [positions.date, positions.store];
  const dimension = repeats(rows, key)
    ? free.find(
        (at) =>
          isText(at) &&
          !CALENDAR.test(plain[at] ?? "") &&
          !NO_ITEM.test(plain[at] ?? "") &&
          isFew(rows, at) &&
          !repeats(rows, [...key, at]),
      )
    : undefined;
  if (dimension !== undefined)
    return {
      at: dimension,
      guesses: 2,
      note: `no item column: "${header[dimension]}" is taken for the items, since only it tells lines of a day apart`,
    };
  return { one: "all", guesses: 2, note: 'no item column: all sales are those of one item, "all"' };
}

function isFew(rows: Rows, at: number): boolean {
  const values = new Set(filledCells(rows, at));
  return values.size > 1 && values.size <= Math.max(2, MOST_ITEMS_SHARE * rows.length);
}
