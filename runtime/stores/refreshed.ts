export interface RefreshOptions {
  /** Milliseconds for which a value is used without asking again. */
  readonly freshMilliseconds: number;
  /** A value that cannot be read anew is used up to this age. @default for ever */
  readonly usableMilliseconds?: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface Held<T> {
  readonly value: T;
  /** Whether it is older than it should be: the last reading failed. */
  readonly isStale: boolean;
}

/**
 * A value that somebody else may change at any time, read anew when it is no longer fresh. A function that sleeps for an
 * hour between two requests must not answer the second one by what was true at the first: it waits for the reading. When
 * that fails, what was read before is used as long as it is usable.
 */
export class Refreshed<T> {
  private held: { readonly value: T; readonly readAt: number } | undefined;
  private reading: Promise<void> | undefined;

  public constructor(
    private readonly read: () => Promise<T>,
    private readonly options: RefreshOptions,
  ) {}

  /** @throws whatever the reading failed with, when there is nothing usable */
  public async get(): Promise<Held<T>> {
    const { freshMilliseconds, usableMilliseconds = Infinity } = this.options;
    if (this.age() < freshMilliseconds) return { value: this.held!.value, isStale: false };
    try {
      await (this.reading ??= this.refresh());
    } catch (error) {
      if (this.age() <= usableMilliseconds) return { value: this.held!.value, isStale: true };
      throw error;
    }
    return { value: this.held!.value, isStale: false };
  }

  private age(): number {
    return this.held === undefined ? Infinity : this.options.now() - this.held.readAt;
  }

  private async refresh(): Promise<void> {
    const readAt = this.options.now();
    try {
      this.held = { value: await this.read(), readAt };
    } finally {
      this.reading = undefined;
    }
  }
}
