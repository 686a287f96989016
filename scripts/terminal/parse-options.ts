import { parseArgs, type ParseArgsConfig } from "node:util";
import { UserError } from "../../runtime/engine/files/clear-error";

type Options = NonNullable<ParseArgsConfig["options"]>;

/**
 * The options of a command line. One that is unknown, without its value, empty or given twice is rejected in one line that
 * ends with `usage`.
 */
export function parseOptions<const T extends Options>(argv: readonly string[], options: T, usage: string) {
  return parseWords(argv, options, usage, false).values;
}

/** The same beside words that are no options, such as the names of benchmarks. */
export function parseWords<const T extends Options>(
  argv: readonly string[],
  options: T,
  usage: string,
  allowPositionals = true,
) {
  const parsed = parse(argv, options, usage, allowPositionals);
  const seen = new Set<string>();
  for (const token of parsed.tokens) {
    if (token.kind !== "option") continue;
    if (token.value === "") throw new UserError(`${token.rawName} is empty (${usage})`);
    if (seen.has(token.name) && options[token.name]?.multiple !== true)
      throw new UserError(`${token.rawName} is given twice (${usage})`);
    seen.add(token.name);
  }
  return { values: parsed.values, words: parsed.positionals };
}

function parse<const T extends Options>(
  argv: readonly string[],
  options: T,
  usage: string,
  allowPositionals: boolean,
) {
  try {
    return parseArgs({ args: [...argv], options, strict: true, tokens: true, allowPositionals });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UserError(`${ambiguity(message, argv) ?? message.split(/\. |\n/)[0]} (${usage})`);
  }
}

/** Node's words for it are three lines, and the first says nothing without the others. */
function ambiguity(message: string, argv: readonly string[]): string | undefined {
  const option = /^Option '(--[\w-]+)' argument is ambiguous/.exec(message)?.[1];
  if (option === undefined) return undefined;
  const next = argv.find((_, i) => argv[i - 1] === option) ?? "";
  return `${option} has no value before "${next}"; a value that begins with a dash is written ${option}=${next}`;
}
