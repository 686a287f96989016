/** Four digits are more than any forecast is right by; a small figure never becomes 0. */
export function shortNumber(value: number): number {
  return Number(value.toPrecision(4));
}
