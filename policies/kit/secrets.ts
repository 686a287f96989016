/** What stands in a report where the value of a secret would be. */
export const HIDDEN = "[secret]";

/** Shorter texts are words, not secrets: hiding every "a" or "22" would hide the report. */
const MIN_TEXT_LENGTH = 3;

/** Up to this length a secret is hidden only where it stands alone: the password "root" does not hide "rooted". */
const MAX_WORD_LENGTH = 7;

/** A value that the program marked as secret, with the property path where it stands. */
export interface SecretValue {
  readonly path: string;
  readonly value: unknown;
}

/** Whether the value at `path` is one of `secrets` or inside one. */
export function isSecretPath(secrets: readonly SecretValue[], path: string): boolean {
  return secrets.some((secret) => path === secret.path || isBelow(path, secret.path));
}

function isBelow(path: string, parent: string): boolean {
  return path.startsWith(parent) && (parent === "" || [".", "["].includes(path.charAt(parent.length)));
}

/** The secrets of a run; hides them in every text that is about to be reported. */
export class SecretTexts {
  private readonly texts = new Set<string>();
  private longestFirst: readonly string[] | undefined;

  /** Adds every text and number in `value`; of JSON and base64, which rules read, what is inside as well. */
  public add(value: unknown): void {
    if (typeof value === "string") this.addText(value);
    else if (typeof value === "number") this.addWord(String(value));
    else if (Array.isArray(value)) for (const item of value) this.add(item);
    else if (value !== null && typeof value === "object")
      for (const item of Object.values(value)) this.add(item);
  }

  /** `text` with every secret replaced. */
  public hideIn(text: string): string {
    this.longestFirst ??= [...this.texts].sort((a, b) => b.length - a.length);
    return this.longestFirst.reduce(hideOne, text);
  }

  private addText(text: string): void {
    this.addWord(text);
    this.addWord(JSON.stringify(text).slice(1, -1));
    for (const line of text.split(/\r?\n/)) this.addWord(line.trim());
    const inside = insideOf(text);
    if (inside !== undefined) this.add(inside);
  }

  private addWord(text: string): void {
    if (text.length < MIN_TEXT_LENGTH || this.texts.has(text)) return;
    this.texts.add(text);
    this.longestFirst = undefined;
  }
}

function hideOne(text: string, secret: string): string {
  if (!text.includes(secret)) return text;
  if (secret.length > MAX_WORD_LENGTH) return text.replaceAll(secret, HIDDEN);
  const escaped = secret.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return text.replace(new RegExp(`(?<![A-Za-z0-9])${escaped}(?![A-Za-z0-9])`, "g"), HIDDEN);
}

/** What a text holds that rules take apart: a JSON document, or the script behind base64. */
function insideOf(text: string): unknown {
  if (/^\s*[[{]/.test(text)) {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  }
  if (text.length < 8 || !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text)) return undefined;
  const decoded = Buffer.from(text, "base64").toString("utf8");
  return /^[\s\x20-\x7e]{6,}$/.test(decoded) ? decoded : undefined;
}
