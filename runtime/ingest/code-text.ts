/** A code that a spreadsheet has turned into something else: what it was cannot be told. */
export const RUINED_CODE = "a code ruined by a spreadsheet";
const RUINED_CODE_CURE = "its digits are lost: format the column as text and export it again";
/** A formula, or its error, where its value should be. */
export const NO_CODE = "a spreadsheet's error in place of a code";
const NO_CODE_CURE = "mend the formula or widen the column in the spreadsheet, and export it again";
/** What databases and programs write where there is nothing. */
const EMPTY_CODE = "a word for nothing in place of a code";
const EMPTY_CODE_CURE = "fill the code in, or leave the field empty";

/** 4.90123E+12 as spreadsheets write it, 4.9E12 as programs do; 12E3 may be a code. */
const SCIENTIFIC = /^(\d{1,3})(?:[.,](\d+))?E\+(\d{1,3})$|^(\d{1,3})[.,](\d+)E(-?\d{1,3})$/i;
const DATE_OF_A_CODE = /^\d{1,2}月\d{1,2}日$|^\d{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)$/i;
const FORMULA_ERROR =
  /^#(?:n\/a|ref!|name\?|value!|div\/0!|null!|num!|spill!|calc!|field!|getting_data|error!?|blocked!|connect!|unknown!)$/i;
const TOO_NARROW = /^#{3,}$/;
const NOTHING = /^(?:NULL|\(null\)|<null>|nan|NaN|<NA>|N\/A|None|nil|undefined|\\N)$/;

/** Why a text is no code, and what to do about it. */
export interface CodeProblem {
  readonly kind: string;
  readonly cure: string;
}

const RUINED: CodeProblem = { kind: RUINED_CODE, cure: RUINED_CODE_CURE };
const MISSING: CodeProblem = { kind: NO_CODE, cure: NO_CODE_CURE };
const EMPTY: CodeProblem = { kind: EMPTY_CODE, cure: EMPTY_CODE_CURE };

/**
 * The code of a store or an item as its master writes it: without the wrappings that keep a spreadsheet from ruining it
 * (`="0012"`, `=""0012""`, `'0012`), without the `.0` of a column that was once a number.
 */
export function parseCode(text: string): string | CodeProblem {
  let plain = text.normalize("NFKC").trim();
  const formula = /^=(?:"+([^"]*)"+|(\d+))$/.exec(plain);
  if (formula) plain = formula[1] ?? formula[2] ?? "";
  else if (plain.startsWith("=")) return MISSING;
  else if (/^'[^']*$/.test(plain)) plain = plain.slice(1);
  else if (/^"[^"]*"$/.test(plain)) plain = plain.slice(1, -1);
  plain = plain.trim();
  if (/^\d+\.0+$/.test(plain)) return plain.slice(0, plain.indexOf("."));
  const scientific = SCIENTIFIC.exec(plain);
  if (scientific) return writtenOut(scientific) ?? RUINED;
  if (DATE_OF_A_CODE.test(plain)) return RUINED;
  if (FORMULA_ERROR.test(plain) || TOO_NARROW.test(plain)) return MISSING;
  return NOTHING.test(plain) ? EMPTY : plain;
}

/** 4.901234567894E+12 still has all thirteen digits; 4.90123E+12 has not. */
function writtenOut(found: RegExpExecArray): string | undefined {
  const [first = "", fraction = "", exponent = ""] = found[1] === undefined ? found.slice(4) : found.slice(1);
  return fraction.length === Number(exponent) && fraction !== "" ? first + fraction : undefined;
}
