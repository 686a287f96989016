/**
 * Texts that come from data (codes, names, rejected rows) in a CSV file that people open in a spreadsheet: one that would
 * start a formula gets an apostrophe before it (https://owasp.org/www-community/attacks/CSV_Injection). Wide forms count:
 * a Japanese spreadsheet reads them alike. Numbers are no texts and stay numbers, -3 included.
 */
const STARTS_FORMULA = "^[=+\\-@\\t\\r\\n＝＋－＠]";

const pattern = new RegExp(STARTS_FORMULA);

export function spreadsheetText(text: string): string {
  return pattern.test(text) ? `'${text}` : text;
}

/** The same as an SQL expression on a text expression. */
export function spreadsheetTextSql(expression: string): string {
  return `if(regexp_matches(${expression}, '${STARTS_FORMULA}'), '''' || ${expression}, ${expression})`;
}

/** A text as one field of a line of CSV (RFC 4180). */
export function csvField(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
