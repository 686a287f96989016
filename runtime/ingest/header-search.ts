import type { HeaderRating } from "./record-handler";
import { cutRecord } from "./split-record";

export type Delimiter = "," | "\t" | ";" | "|";
const DELIMITERS: readonly Delimiter[] = [",", "\t", ";", "|"];
/** Titles, dates and blank lines that may stand above the header. */
const MOST_TITLE_LINES = 50;

export interface FoundHeader {
  readonly names: readonly string[];
  readonly delimiter: Delimiter;
  /** Characters that the header takes, its line end included. */
  readonly next: number;
  readonly lines: number;
}

/** Looks for the line that names all needed columns, with each delimiter, among a file's first lines. */
export class HeaderSearch {
  private best: readonly string[] | undefined;
  private bestFound = -1;
  private offered = 0;

  public constructor(
    private readonly delimiter: Delimiter | "auto",
    private readonly rate: (names: readonly string[]) => HeaderRating,
  ) {}

  /** Whether the line that starts at `at` is the header. */
  public offer(text: string, at: number, decode: (latin1: string) => string): FoundHeader | undefined {
    this.offered += 1;
    const candidates = this.delimiter === "auto" ? DELIMITERS : [this.delimiter];
    const readings = candidates.flatMap((delimiter) => {
      const cut = cutRecord(text, at, delimiter);
      return "fields" in cut ? [{ ...cut, delimiter, names: cut.fields.map(decode) }] : [];
    });
    // The widest reading first: "a;b, c" is two columns and a title with a comma.
    for (const reading of readings.sort((a, b) => b.names.length - a.names.length)) {
      const { found, isComplete } = this.rate(reading.names);
      if (isComplete) return reading;
      const isBetter =
        found > this.bestFound || (found === 0 && (this.best?.length ?? 0) <= 1 && reading.names.length > 1);
      if (this.best === undefined || isBetter) [this.best, this.bestFound] = [reading.names, found];
    }
    return undefined;
  }

  public get isOver(): boolean {
    return this.offered >= MOST_TITLE_LINES;
  }

  /** The line that looks most like a header, for the message that says what it lacks. */
  public get nearest(): readonly string[] {
    return this.best ?? [""];
  }
}
