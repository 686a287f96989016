/** Lines on standard output. Unlike console.log, a full disk behind it is an error (docs/adr/0040). */
export function print(...lines: readonly string[]): void {
  if (lines.length > 0) process.stdout.write(`${lines.join("\n")}\n`);
}
