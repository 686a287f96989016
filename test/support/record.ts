import { providerStubs } from "../../preview/provider-stubs/provider-stubs";
import { record as recordProgram, type RecordOptions } from "../../preview/sdk/record";
import type { RecordedResource, Recording } from "../../preview/recorded-resource";

/** Records `program` against the planner's own stubs; see preview/sdk/record.ts for what makes it fail. */
export function record(
  program: () => Promise<Record<string, unknown> | void> | Record<string, unknown> | void,
  options: Partial<RecordOptions> = {},
): Promise<Recording> {
  return recordProgram(program, { stubs: providerStubs("ap-northeast-1"), ...options });
}

/** `type name` of every registration below the stack, sorted: the exact children of a component. */
export function listing({ resources }: Recording): string[] {
  return resources
    .filter(({ type }) => type !== "pulumi:pulumi:Stack")
    .map(({ type, name }) => `${type} ${name}`)
    .sort();
}

/** The one resource of that type and, where several exist, name. */
export function find({ resources }: Recording, type: string, name?: string): RecordedResource {
  const found = resources.filter(
    (resource) => resource.type === type && (name === undefined || resource.name === name),
  );
  const [only, ...others] = found;
  if (!only || others.length > 0) {
    throw new Error(
      `${found.length} resources ${type} ${name ?? ""}; there are: ${listing({ resources } as Recording).join(", ")}`,
    );
  }
  return only;
}
