import { readFileSync } from "node:fs";
import * as z from "zod";
import type { PlannedResource } from "../../policies/cost/pricing/planned-resource";
import { PlanError } from "../../preview/plan-error";

const RESOURCE = z.looseObject({
  urn: z.string(),
  type: z.string(),
  name: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).default({}),
  dependencies: z.array(z.string()).optional(),
  propertyDependencies: z.record(z.string(), z.array(z.string()).nullable()).optional(),
});

/** What `npm run plan -- --json FILE` writes, and what `pulumi stack export` does: the engine's state. */
const FILE = z.union([
  z.looseObject({ resources: z.array(RESOURCE), preview: z.boolean().default(false) }),
  z
    .looseObject({ deployment: z.looseObject({ resources: z.array(RESOURCE).default([]) }) })
    .transform(({ deployment }) => ({ resources: deployment.resources, preview: false })),
]);

export interface PlannedResources {
  readonly resources: readonly PlannedResource[];
  /** Ids and what follows from them are unknown, as `npm run plan` writes it without --known. */
  readonly isPreview: boolean;
}

/**
 * The resources of a plan or of a deployed stack, to be priced.
 *
 * @throws PlanError where the file cannot be read or is neither of them
 */
export function readPlannedResources(file: string): PlannedResources {
  const parsed = FILE.safeParse(parse(file));
  if (!parsed.success) {
    throw new PlanError(
      `${file} is neither a plan (npm run plan -- --stack <name> --json FILE) nor a state (pulumi stack export --file FILE)`,
    );
  }
  const resources = parsed.data.resources.map(
    ({ urn, type, name, inputs, dependencies, propertyDependencies }) => ({
      urn,
      type,
      name: name ?? urn.split("::").at(-1) ?? urn,
      inputs,
      ...(dependencies ? { dependencies } : {}),
      ...(propertyDependencies ? { propertyDependencies: withoutNulls(propertyDependencies) } : {}),
    }),
  );
  return { resources, isPreview: parsed.data.preview };
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new PlanError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

/** The engine writes null for a property without dependencies. */
function withoutNulls(given: Readonly<Record<string, readonly string[] | null>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(given).map(([key, urns]) => [key, [...(urns ?? [])]]));
}
