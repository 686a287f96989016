import commands from "./commands.json";

/** How a command is called, as its errors and its help show it: `npm run plan -- --stack <name> [--json FILE|-]`. */
export function usageOf(name: string): string {
  const command = commands.find((each) => each.name === name);
  if (command === undefined) throw new Error(`commands.json has no command ${name}`);
  return `npm run ${name} -- ${Object.keys(command.options).join(" ")}`;
}
