import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { namePrefix, type Context } from "../../stacks/context";
import { checkSettings } from "../../stacks/settings";
import type { Settings } from "../../stacks/settings-schema";

type Declaration = { readonly default?: unknown; readonly value?: unknown };
type Environment = "dev" | "prod";

/** The raw settings of an environment, from the project's own files: declared defaults and the environment's values. */
function rawSettings(environment: Environment): Record<string, unknown> {
  const project = parseFile<Record<string, Declaration>>("Pulumi.yaml");
  const stack = parseFile<unknown>(`Pulumi.${environment}.yaml`);
  const defaults = Object.entries(project).map(([key, declared]) => [
    key,
    declared.default ?? declared.value,
  ]);
  const merged = { ...Object.fromEntries(defaults), ...stack } as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(merged)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key.replace(/^(smartretail|aws):/, ""), value]),
  );
}

/** Settings of an environment with some of them changed, in the form in which the files hold them. */
export function testSettings(environment: Environment, changes: Record<string, unknown> = {}): Settings {
  return checkSettings({ ...rawSettings(environment), ...changes });
}

/** A Context as index.ts would build it, in the planner's imaginary account. */
export function testContext(environment: Environment, changes: Record<string, unknown> = {}): Context {
  const settings = testSettings(environment, changes);
  return {
    settings,
    accountId: "123456789012",
    region: settings.region,
    prefix: namePrefix(settings),
  };
}

function parseFile<T>(file: string): Record<string, T> & T {
  return (parse(readFileSync(file, "utf8")) as { config: Record<string, T> & T }).config;
}
