const BARS = "▁▂▃▄▅▆▇█";

/** A line of bars from 0 to the highest value, one character a value; undefined leaves a gap. */
export function sparkLine(
  values: readonly (number | undefined)[],
  highest = Math.max(...defined(values)),
): string {
  return values
    .map((value) => {
      if (value === undefined) return " ";
      const at = highest > 0 ? Math.floor((value / highest) * BARS.length) : 0;
      return BARS[Math.max(0, Math.min(BARS.length - 1, at))]!;
    })
    .join("");
}

const defined = (values: readonly (number | undefined)[]) =>
  values.filter((value): value is number => value !== undefined);
