/** What starts at a place in a text: a whole record, or the reason why none can be cut out. */
export type CutRecord =
  | {
      readonly fields: string[];
      /** Where the next record starts. */ readonly next: number;
      readonly lines: number;
    }
  | { readonly problem: "open quote" | "text after a closing quote" };

/**
 * Cuts out the record of a CSV text that starts at `at` (RFC 4180): a quote opens a field only at the field's start, and
 * only a delimiter or the line's end may follow the one that closes it. `5" pan` is a field like any other.
 */
export function cutRecord(text: string, at: number, delimiter: string): CutRecord {
  const fields: string[] = [];
  let lines = 1;
  let position = at;
  for (;;) {
    if (text[position] === '"') {
      const close = closingQuote(text, position);
      if (close < 0) return { problem: "open quote" };
      const inside = text.slice(position + 1, close);
      fields.push(inside.includes('"') ? inside.replaceAll('""', '"') : inside);
      for (let i = inside.indexOf("\n"); i >= 0; i = inside.indexOf("\n", i + 1)) lines += 1;
      const after = text[close + 1] === "\r" ? close + 2 : close + 1;
      if (after >= text.length) return { fields, next: text.length + 1, lines };
      if (text[after] === "\n") return { fields, next: after + 1, lines };
      if (!text.startsWith(delimiter, close + 1)) return { problem: "text after a closing quote" };
      position = close + 1 + delimiter.length;
    } else {
      const lineEnd = endOf(text, "\n", position);
      const end = Math.min(endOf(text, delimiter, position), lineEnd);
      const isLast = end === lineEnd;
      fields.push(text.slice(position, isLast && text[end - 1] === "\r" && end > position ? end - 1 : end));
      if (isLast) return { fields, next: end + 1, lines };
      position = end + delimiter.length;
    }
  }
}

function closingQuote(text: string, open: number): number {
  let end = text.indexOf('"', open + 1);
  while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
  return end;
}

function endOf(text: string, what: string, from: number): number {
  const end = text.indexOf(what, from);
  return end < 0 ? text.length : end;
}
