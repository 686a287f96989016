import type { PlanComparison } from "../preview/compare-plans";
import type { Plan } from "../preview/plan-environment";
import { countsByKind, sliceTrees, type SliceTree, type TreeGroup } from "../preview/plan-tree";
import { COMPONENT_PURPOSES, SLICE_PURPOSES } from "../preview/purposes";
import { AFTER_DEPLOYMENT, outputLeaves } from "./output-leaves";
import { runCostReport, runCostsBySettings } from "./cost/run-cost-report";
import type { Colour } from "./terminal/colour";
import { displayWidth, table } from "./terminal/table";

export interface ReportOptions {
  readonly colour: Colour;
  /** Terminal cells of a line. */
  readonly width: number;
}

/** Cells before the names of a tree line. */
const NAME_COLUMN = 48;

/** A plan for people: what is deployed and why, how much of it, and what apps get of it. */
export function planReport(plan: Plan, options: ReportOptions): string[] {
  const { bold, dim } = options.colour;
  const trees = sliceTrees(plan.recording);
  const total = trees.reduce((sum, { resourceCount }) => sum + resourceCount, 0);
  const title = `${plan.config.project} ${plan.stack}: ${total} resources in ${trees.length} slices`;
  return [
    `${bold(title)} ${dim(`(${plan.region})`)}`,
    "",
    ...trees.flatMap((tree) => [...sliceLines(tree, options), ""]),
    bold("Resources by type"),
    ...columns(
      countsByKind(plan.recording).map(([kind, count]) => `${String(count).padStart(4)} ${kind}`),
      options.width,
    ),
    "",
    ...runCostReport(runCostsBySettings(plan.config.config), false, options.colour),
    bold("Outputs"),
    ...outputLines(plan, options),
  ];
}

function sliceLines(tree: SliceTree, options: ReportOptions): string[] {
  const { bold, cyan, dim } = options.colour;
  const purpose = SLICE_PURPOSES[tree.name] ?? "";
  const used = `${tree.name} ${tree.resourceCount} resources  `.length;
  return [
    `${bold(cyan(tree.name))} ${dim(`${tree.resourceCount} resources`)}  ${shorten(purpose, options.width - used)}`,
    ...groupLines(tree.groups, "", options),
  ];
}

function groupLines(groups: readonly TreeGroup[], indent: string, options: ReportOptions): string[] {
  return groups.flatMap((group, i) => {
    const last = i === groups.length - 1;
    const times = group.names.length > 1 ? ` ×${group.names.length}` : "";
    const head = `${indent}${last ? "└─" : "├─"} ${group.kind}${times}`;
    const purpose = group.component ? COMPONENT_PURPOSES[group.kind] : undefined;
    const below = indent + (last ? "   " : "│  ");
    return [
      beside(head, group.names.join(", "), options.width),
      ...(purpose ? [purposeLine(group, below, purpose, options)] : []),
      ...groupLines(group.children, below, options),
    ];
  });
}

function purposeLine(
  { children }: TreeGroup,
  below: string,
  purpose: string,
  { colour, width }: ReportOptions,
): string {
  const line = children.length > 0 ? "│" : "";
  return `${(below + line).padEnd(NAME_COLUMN)}${colour.dim(shorten(purpose, width - NAME_COLUMN))}`;
}

function beside(head: string, text: string, width: number): string {
  const start = `${head.padEnd(NAME_COLUMN - 1)} `;
  return start + shorten(text, width - start.length);
}

function outputLines({ recording }: Plan, { width, colour }: ReportOptions): string[] {
  const rows = outputLeaves(recording.outputs).map(([path, value]) => [`  ${path.join(".")}`, value]);
  const longest = Math.max(...rows.map(([path = ""]) => displayWidth(path)), 0);
  return rows.map(([path = "", value = ""]) => {
    const text = shorten(value, width - longest - 2);
    return `${path.padEnd(longest)}  ${value === AFTER_DEPLOYMENT ? colour.dim(text) : text}`;
  });
}

/** What differs between two environments: settings, resources that only one has, inputs that differ. */
export function comparisonReport(
  stacks: readonly [string, string],
  { settings, onlyIn, changed }: PlanComparison,
  { colour: { bold, dim }, width }: ReportOptions,
): string[] {
  const value = (text: string | undefined) =>
    text === undefined ? dim("not set") : shorten(listText(text), Math.floor((width - 44) / 2));
  const only = onlyIn.flatMap((kinds, i) =>
    kinds.map(({ kind, names }) => [`  only ${stacks[i]}`, `${kind} ×${names.length}`, names.join(", ")]),
  );
  const inputs = changed.map(({ kind, names, properties }) => [
    "  differs",
    `${kind} ×${names.length}`,
    properties.join(", "),
  ]);
  const rows = [...only, ...inputs];
  const widths = [0, 1].map((i) => Math.max(...rows.map((row) => displayWidth(row[i] ?? "")), 0));
  return [
    bold(`Differences between ${stacks[0]} and ${stacks[1]}`),
    ...table(
      [{ title: "  setting" }, { title: stacks[0] }, { title: stacks[1] }],
      settings.map(({ key, values }) => [`  ${key}`, value(values[0]), value(values[1])]),
    ),
    "",
    ...rows.map(([what = "", kind = "", rest = ""]) => {
      const head = `${what.padEnd(widths[0] ?? 0)}  ${kind.padEnd(widths[1] ?? 0)}  `;
      return head + shorten(rest, width - head.length);
    }),
  ];
}

/** A list setting arrives as JSON. */
function listText(text: string): string {
  return text.startsWith("[") ? (JSON.parse(text) as unknown[]).join(", ") : text;
}

/** Items side by side, in as many columns as fit, read downwards. */
function columns(items: readonly string[], width: number): string[] {
  const cell = Math.max(...items.map(displayWidth), 0) + 2;
  const perRow = Math.max(1, Math.floor(width / cell));
  const height = Math.ceil(items.length / perRow);
  return Array.from({ length: height }, (_, row) =>
    items
      .filter((_item, i) => i % height === row)
      .map((item) => item.padEnd(cell))
      .join("")
      .trimEnd(),
  );
}

function shorten(text: string, width: number): string {
  return displayWidth(text) <= width ? text : `${text.slice(0, Math.max(1, width - 1))}…`;
}
