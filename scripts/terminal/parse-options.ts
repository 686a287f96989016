import { parseArgs, type ParseArgsConfig } from "node:util";
import { UserError } from "../../runtime/engine/files/clear-error";

type Options = NonNullable<ParseArgsConfig["options"]>;

/**
 * The options of a command line. One that is unknown, without its value, empty or given twice is rejected in one line that
 * ends with `usage`.
 */
export function parseOptions<const T extends Options>(argv: readonly string[], options: T, usage: string) {
  const parsed = parse(argv, options, usage);
  const seen = new Set<string>();
  for (const token of parsed.tokens) {
    if (token.kind !== "option") continue;
    if (token.value === "") throw new UserError(`${token.rawName} is empty (${usage})`);
    if (seen.has(token.name) && options[token.name]?.multiple !== true)
      throw new UserError(`${token.rawName} is given twice (${usage})`);
    seen.add(token.name);
  }
  return parsed.values;
}

function parse<const T extends Options>(argv: readonly string[], options: T, usage: string) {
  try {
    return parseArgs({ args: [...argv], options, strict: true, tokens: true });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UserError(`${message.split(/\. |\n/)[0]} (${usage})`);
  }
}
