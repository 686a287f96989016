import { PlanError } from "../../preview/plan-error";

/** Tags that prove whose a thing is. */
const OWNER_TAGS = ["Project", "Environment"] as const;

/**
 * The owner's part of the `tags` of a planned resource.
 *
 * @param what the resources, as an error names them: "endpoint configurations"
 * @throws PlanError where one of them is missing
 */
export function ownerTags(tags: unknown, what: string): Record<string, string> {
  const given = (tags ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    OWNER_TAGS.map((key) => {
      const value = given[key];
      if (typeof value !== "string" || value === "") {
        throw new PlanError(`the plan's ${what} have no tag ${key}; nothing is provably ours`);
      }
      return [key, value];
    }),
  );
}
