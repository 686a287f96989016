/**
 * Text as Shift_JIS bytes. Node decodes Shift_JIS but does not encode it, so the table is the decoder's, turned round.
 * Used to write files as Japanese tills do; throws on a character that Shift_JIS has not.
 */
export function encodeShiftJis(text: string): Buffer {
  return Buffer.from(text.replace(/[^\0-\x7f]/gu, bytesOf), "latin1");
}

/** The bytes of one character, as characters. */
function bytesOf(character: string): string {
  const code = table().get(character);
  if (code === undefined) throw new Error(`"${character}" has no Shift_JIS code`);
  return code > 0xff ? String.fromCharCode(code >> 8, code & 0xff) : String.fromCharCode(code);
}

let codes: Map<string, number> | undefined;

function table(): Map<string, number> {
  codes ??= buildTable();
  return codes;
}

function buildTable(): Map<string, number> {
  const decoder = new TextDecoder("shift_jis", { fatal: true });
  const found = new Map<string, number>();
  const add = (code: number, bytes: readonly number[]) => {
    try {
      const character = decoder.decode(Uint8Array.from(bytes));
      if (!found.has(character)) found.set(character, code);
    } catch {
      // An unassigned code: nothing to add.
    }
  };
  for (let byte = 0; byte < 0x80; byte++) add(byte, [byte]);
  for (let byte = 0xa1; byte < 0xe0; byte++) add(byte, [byte]);
  for (let lead = 0x81; lead <= 0xfc; lead++) {
    if (lead >= 0xa0 && lead < 0xe0) continue;
    for (let trail = 0x40; trail <= 0xfc; trail++) add((lead << 8) | trail, [lead, trail]);
  }
  return found;
}
