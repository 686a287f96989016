/** Characters of a wrong value that an error repeats: enough to find it by, whatever was pasted into the file. */
const SHOWN_CHARACTERS = 100;

/** A wrong value as an error shows it: JSON, so that no control character reaches the terminal, and cut when it is long. */
export function showValue(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  if (text.length <= SHOWN_CHARACTERS) return text;
  return `${text.slice(0, SHOWN_CHARACTERS)}… (${text.length} characters)`;
}
