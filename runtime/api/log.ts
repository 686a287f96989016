/** One line of JSON: Lambda and a terminal keep lines apart. */
export function logLine(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** A fault that the caller was told nothing about. */
export function logError(error: unknown, requestId: string): void {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  logLine({ event: "error", requestId, message, stack });
}
