import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { settingConflicts } from "./setting-conflicts";
import { settingsSchema, type Settings } from "./settings-schema";
import { showValue } from "./show-value";

/** What the AWS provider is told as well, in its own namespace. */
const PROVIDER_KEYS: readonly string[] = ["region", "allowedAccountIds"];

/** Keys of the `smartretail` namespace, as Pulumi.yaml declares them. */
export const SETTING_KEYS = Object.keys(settingsSchema.shape).filter((key) => !PROVIDER_KEYS.includes(key));

/** A wrong or missing configuration value: its message is shown alone, without a stack trace. */
export class SettingsError extends pulumi.RunError {
  constructor(message: string) {
    super(message);
    // The language host inspects every error, and Node 20 spends half a minute on the SDK's own stack frames.
    this.stack = `SettingsError: ${message}`;
  }
}

/**
 * Reads the whole configuration of the stack and checks it at once.
 *
 * @throws SettingsError with one line per wrong key: the key, its value, what is allowed
 */
export function loadSettings(): Settings {
  const config = new pulumi.Config();
  const provider = new pulumi.Config("aws");
  const read = (key: string) => (PROVIDER_KEYS.includes(key) ? provider : config).get(key);
  return checkSettings(rawSettings(read), pulumi.getStack());
}

/**
 * Settings from full keys (`smartretail:owner`) and their texts, where no program runs.
 *
 * @throws SettingsError as loadSettings
 */
export function parseSettings(texts: Readonly<Record<string, string>>): Settings {
  return checkSettings(
    rawSettings((key) => texts[`${PROVIDER_KEYS.includes(key) ? "aws" : "smartretail"}:${key}`]),
  );
}

function rawSettings(read: (key: string) => string | undefined): Record<string, unknown> {
  const raw: Record<string, unknown> = {};
  for (const [key, type] of Object.entries(settingsSchema.shape)) {
    const value = read(key);
    if (value !== undefined) raw[key] = parseValue(value, type);
  }
  return raw;
}

/**
 * @param stack name of the stack that the configuration is of; none is checked when it is left out
 * @throws SettingsError as loadSettings
 */
export function checkSettings(raw: Readonly<Record<string, unknown>>, stack?: string): Settings {
  const parsed = settingsSchema.safeParse(raw);
  if (!parsed.success) {
    throw new SettingsError(linesOf(parsed.error.issues.map((issue) => lineOf(issue, raw))));
  }
  const conflicts = settingConflicts(parsed.data, stack);
  if (conflicts.length > 0) throw new SettingsError(linesOf(conflicts));
  return Object.freeze(parsed.data);
}

/** The CLI hands every value over as text; anything but a string setting is JSON. Text that is no JSON stays as it is. */
function parseValue(value: string, type: z.ZodType): unknown {
  if (type.safeParse(value).success) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function lineOf(issue: z.core.$ZodIssue, raw: Readonly<Record<string, unknown>>): string {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => `smartretail:${key} is not a known setting`).join("\n");
  }
  const path = issue.path.map(String);
  const full = `${PROVIDER_KEYS.includes(path[0] ?? "") ? "aws" : "smartretail"}:${path.join(".")}`;
  const value = issue.path.reduce<unknown>(
    (at, part) => (at as Record<PropertyKey, unknown> | undefined)?.[part],
    raw,
  );
  return value === undefined
    ? `${full} is not set; allowed: ${issue.message}`
    : `${full} is ${showValue(value)}; allowed: ${issue.message}`;
}

/** Lines that an error has before the rest is only counted. */
const LINES_MAX = 30;

function linesOf(lines: readonly string[]): string {
  const rest = lines.length - LINES_MAX;
  return [...lines.slice(0, LINES_MAX), ...(rest > 0 ? [`and ${rest} more`] : [])].join("\n");
}
