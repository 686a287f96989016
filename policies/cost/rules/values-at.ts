import type { ResourceCheck, Value } from "../../kit";

/** The values at a path in which `[*]` stands for each element; nothing for an unset list, deferred for an unknown one. */
export function valuesAt(resource: ResourceCheck, path: string): Value[] {
  const [first = "", ...rest] = path.split("[*]");
  return rest.reduce(
    (values, part) =>
      values
        .flatMap((value) => value.items())
        .map((value) => (part === "" ? value : value.at(part.replace(/^\./, "")))),
    [resource.at(first)],
  );
}
