/** Fields of one CSV record (RFC 4180): quotes may enclose delimiters, line ends and doubled quotes. */
export function splitRecord(record: string, delimiter: string): string[] {
  if (!record.includes('"')) return record.split(delimiter);
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    const [field, next] =
      record[at] === '"' ? quotedField(record, at, delimiter) : plainField(record, at, delimiter);
    fields.push(field);
    if (next > record.length) return fields;
    at = next;
  }
}

/** Whether a record ends inside quotes, so that the next line belongs to it. */
export function isOpen(record: string): boolean {
  let quotes = 0;
  for (let at = record.indexOf('"'); at >= 0; at = record.indexOf('"', at + 1)) quotes += 1;
  return quotes % 2 === 1;
}

function plainField(record: string, at: number, delimiter: string): [string, number] {
  const end = record.indexOf(delimiter, at);
  return end < 0 ? [record.slice(at), record.length + 1] : [record.slice(at, end), end + 1];
}

function quotedField(record: string, at: number, delimiter: string): [string, number] {
  let end = record.indexOf('"', at + 1);
  while (end >= 0 && record[end + 1] === '"') end = record.indexOf('"', end + 2);
  const close = end < 0 ? record.length : end;
  const text = record.slice(at + 1, close).replaceAll('""', '"');
  const [rest, next] = plainField(record, close + 1, delimiter);
  return [text + rest, next];
}
