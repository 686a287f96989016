/** A quantity at minimum capacity, in an ordinary month, and at maximum capacity: 0 <= minimum <= expected <= maximum. */
export interface Range {
  readonly minimum: number;
  readonly expected: number;
  readonly maximum: number;
}

/** A range as a person writes it down. */
export interface Bounds {
  readonly minimum: number;
  /** @default the middle of the bounds */
  readonly expected?: number;
  readonly maximum: number;
}

export function rangeOf({ minimum, maximum, expected = (minimum + maximum) / 2 }: Bounds): Range {
  return { minimum, expected, maximum };
}

export function exactly(value: number): Range {
  return { minimum: value, expected: value, maximum: value };
}

/** What is free in some accounts and billed in others: nothing at the minimum, else `value`. */
export function upTo(value: number): Range {
  return { minimum: 0, expected: value, maximum: value };
}

export function times(...ranges: readonly Range[]): Range {
  return ranges.reduce(
    (product, range) => ({
      minimum: product.minimum * range.minimum,
      expected: product.expected * range.expected,
      maximum: product.maximum * range.maximum,
    }),
    exactly(1),
  );
}

export function plus(...ranges: readonly Range[]): Range {
  return ranges.reduce(
    (sum, range) => ({
      minimum: sum.minimum + range.minimum,
      expected: sum.expected + range.expected,
      maximum: sum.maximum + range.maximum,
    }),
    exactly(0),
  );
}
