/** Lines above a header that are looked at, as many as the strict search does. */
const MOST_LINES = 50;

/**
 * Finds the line that is most likely the header where none names all columns: the first one of the widest reading that has
 * a name for (nearly) each of its fields. Offered every reading of every line, the widest first.
 */
export class GuessedHeader {
  private readonly candidates: (readonly string[])[] = [];

  public offer(names: readonly string[]): void {
    if (this.candidates.length < MOST_LINES * 4) this.candidates.push(names);
  }

  /** Undefined when no line has two fields. */
  public get names(): readonly string[] | undefined {
    const widest = Math.max(0, ...this.candidates.map(filled));
    // A table without a name for its index column has one name fewer than its rows have fields.
    return widest < 2 ? undefined : this.candidates.find((names) => filled(names) >= widest - 1);
  }
}

function filled(names: readonly string[]): number {
  return names.filter((name) => name.trim() !== "").length;
}
