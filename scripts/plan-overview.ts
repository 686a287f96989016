import type { Plan } from "../preview/plan-environment";
import { sliceTrees, type TreeGroup } from "../preview/plan-tree";
import { COMPONENT_PURPOSES, SLICE_PURPOSES } from "../preview/purposes";
import type { ReportOptions } from "./plan-report";
import { displayWidth } from "./terminal/table";

/** Cells before the purposes. */
const PURPOSE_COLUMN = 34;

/** A plan on one screen: each slice, what it is for, and the components that it is made of. `npm run plan` has the rest. */
export function planOverview(plan: Plan, { colour: { bold, cyan, dim }, width }: ReportOptions): string[] {
  const trees = sliceTrees(plan.recording);
  const total = trees.reduce((sum, { resourceCount }) => sum + resourceCount, 0);
  const title = `Plan of ${plan.stack}: ${total} resources in ${trees.length} slices`;
  const line = (head: string, painted: string, purpose: string) => {
    const gap = " ".repeat(Math.max(1, PURPOSE_COLUMN - displayWidth(head)));
    return `${painted}${gap}${dim(cut(purpose, width - PURPOSE_COLUMN))}`;
  };
  return [
    `${bold(title)} ${dim(`(${plan.region})`)}`,
    ...trees.flatMap(({ name, resourceCount, groups }) => {
      const count = ` ${resourceCount}`;
      return [
        line(`${name}${count}`, `${bold(cyan(name))}${count}`, SLICE_PURPOSES[name] ?? ""),
        ...groups.map((group) => {
          const head = `  ${group.kind}${group.names.length > 1 ? ` ×${group.names.length}` : ""}`;
          return line(head, head, purposeOf(group));
        }),
      ];
    }),
  ];
}

function purposeOf({ component, kind, names }: TreeGroup): string {
  return (component ? COMPONENT_PURPOSES[kind] : undefined) ?? names.join(", ");
}

function cut(text: string, width: number): string {
  return displayWidth(text) <= width ? text : `${text.slice(0, Math.max(1, width - 1))}…`;
}
