import { defineTask, type Report } from "../../../../runtime/engine/threads/task";

/** @public a worker thread calls it by name */
export function square({ value }: { readonly value: number }, report: Report): number {
  report(`squaring ${value}`);
  if (Number.isNaN(value)) throw new RangeError("not a number");
  return value * value;
}

export const SQUARE = defineTask(__filename, square);

function unexported(): number {
  return 1;
}

export const LOST = defineTask(__filename, unexported);
