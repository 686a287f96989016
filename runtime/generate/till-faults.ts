import { isoDate } from "../../forecasting/calendar/day";
import type { ReceiptLine } from "../../forecasting/generator/receipts";

/** Why no ingest can use a line: no master knows its SKU, its date is none, its till's clock was never set. */
export type Damage = "unknownCode" | "impossibleDate" | "unsetClock";

const KNOWN_CODE = "4910000000000";
const UNKNOWN_CODE = "4999999999999";

/** An extra line beside the true ones, so that rejecting it loses nothing. */
export function damagedLine(line: ReceiptLine, store: string, number: number, hasClockFaults: boolean) {
  const isUnset = hasClockFaults && number % 3 === 0;
  const isUnknown = !isUnset && number % 2 === 0;
  const sku = isUnknown ? UNKNOWN_CODE : KNOWN_CODE;
  const date = isUnset ? "2000-01-01" : isUnknown ? isoDate(line.day) : "2026-02-30";
  const damage: Damage = isUnset ? "unsetClock" : isUnknown ? "unknownCode" : "impossibleDate";
  return { damage, text: `${line.transaction},9,${store},${sku},${date},1,100,100` };
}

/** １２ for 12, as a till in Japanese input mode writes it; a sign stays as it is. */
export function fullWidth(value: number): string {
  return String(value).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
}

/** The text of a file that was resent through a spreadsheet: "Unicode text", which is UTF-16 with a byte order mark. */
export function encodeUtf16(text: string): Buffer {
  return Buffer.from(text, "utf16le");
}
