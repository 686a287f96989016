/** A quantity between its value at minimum capacity and its value at maximum capacity, both >= 0. */
export interface Range {
  readonly minimum: number;
  readonly maximum: number;
}

export function exactly(value: number): Range {
  return { minimum: value, maximum: value };
}

export function times(...ranges: readonly Range[]): Range {
  return ranges.reduce(
    (product, range) => ({
      minimum: product.minimum * range.minimum,
      maximum: product.maximum * range.maximum,
    }),
    exactly(1),
  );
}

export function plus(...ranges: readonly Range[]): Range {
  return ranges.reduce(
    (sum, range) => ({ minimum: sum.minimum + range.minimum, maximum: sum.maximum + range.maximum }),
    exactly(0),
  );
}
