/** A code that a spreadsheet has turned into a rounded number: its digits are gone. */
export const RUINED_CODE = "a code ruined by a spreadsheet";
export const RUINED_CODE_CURE = "its digits are lost: format the column as text and export it again";

const SCIENTIFIC = /^(\d)(?:[.,](\d+))?E\+(\d{1,2})$/i;

/**
 * The code of a store or an item as its master writes it: without the wrappings that keep a spreadsheet from ruining it
 * (`="0012"`, `'0012`), without the `.0` of a column that was once a number. Undefined when digits were lost.
 */
export function parseCode(text: string): string | undefined {
  let plain = text.normalize("NFKC").trim();
  const formula = /^="?(.*?)"?$/.exec(plain);
  if (formula) plain = formula[1] ?? "";
  else if (/^'[^']*$/.test(plain)) plain = plain.slice(1);
  else if (/^"[^"]*"$/.test(plain)) plain = plain.slice(1, -1);
  plain = plain.trim();
  if (/^\d+\.0+$/.test(plain)) return plain.slice(0, plain.indexOf("."));
  const scientific = SCIENTIFIC.exec(plain);
  return scientific ? writtenOut(scientific) : plain;
}

/** 4.901234567894E+12 still has all thirteen digits; 4.90123E+12 has not. */
function writtenOut([, first = "", fraction = "", exponent = ""]: RegExpExecArray): string | undefined {
  return fraction.length === Number(exponent) && fraction !== "" ? first + fraction : undefined;
}
