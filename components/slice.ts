import * as pulumi from "@pulumi/pulumi";

/**
 * The root of one slice of the program in the resource tree: everything that a function in stacks/ makes hangs below it,
 * so that a plan reads slice by slice.
 */
export class Slice extends pulumi.ComponentResource {
  /** @param name kebab-case, e.g. `feature-store`; also the logical name */
  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super(`smartretail:slice:${pascalCase(name)}`, name, {}, opts);
    this.registerOutputs({});
  }
}

function pascalCase(name: string): string {
  return name
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}
