import * as pulumi from "@pulumi/pulumi";
import * as ssm from "@pulumi/aws/ssm";
import { Slice } from "../components/slice";
import {
  OUTPUT_KEYS,
  OUTPUTS_VERSION,
  outputParameterName,
  type SmartRetailOutputs,
} from "../contracts/outputs";
import type { Context } from "./context";

/** `T` with every leaf as a Pulumi input: how the program hands the contract over. */
export type Wired<T> = T extends string | number | boolean
  ? pulumi.Input<T>
  : T extends readonly (infer Item)[]
    ? pulumi.Input<readonly Item[]>
    : { readonly [Key in keyof T]: Wired<T[Key]> };

/** Publishes the contract twice: as stack outputs (the return value) and as SSM parameters, one per leaf. */
export function publishOutputs(
  context: Context,
  outputs: Wired<SmartRetailOutputs>,
): Wired<SmartRetailOutputs> {
  const slice = new Slice("outputs");
  for (const [path, value] of leaves(outputs)) {
    new ssm.Parameter(
      `output-${path.join("-")}`,
      {
        name: outputParameterName(context.settings.environment, path),
        description: `Output ${path.join(".")} of the SmartRetail stack, contract version ${OUTPUTS_VERSION}`,
        // A list is one parameter, joined by commas: none of our names holds one.
        type: "String",
        // No secret: names and ARNs, for everybody with access to the account.
        insecureValue: pulumi
          .output(value)
          .apply((known) => (Array.isArray(known) ? known.join(",") : String(known))),
      },
      { parent: slice },
    );
  }
  return outputs;
}

type Leaf = pulumi.Input<string | number | readonly string[]>;

function leaves(node: unknown, path: readonly string[] = []): [readonly string[], Leaf][] {
  const isLeaf = typeof node !== "object" || Array.isArray(node) || pulumi.Output.isInstance(node);
  if (isLeaf) return [[path, node as Leaf]];
  return Object.entries(node as object).flatMap(([key, child]) => leaves(child, [...path, key]));
}

/**
 * The contract as another Pulumi program reads it.
 *
 * @example
 * const platform = readOutputs(new pulumi.StackReference("organization/smartretail/prod"));
 * const results = platform.buckets.apply(({ results }) => results);
 *
 * Each value fails with the two versions when the stack speaks another version of the contract.
 */
export function readOutputs(reference: pulumi.StackReference): {
  readonly [Key in keyof SmartRetailOutputs]: pulumi.Output<SmartRetailOutputs[Key]>;
} {
  const version = reference.requireOutput("contractVersion");
  const read = (key: string) =>
    pulumi
      .all([reference.name, version, reference.requireOutput(key)])
      .apply(([stackName, found, value]: [string, unknown, unknown]) => {
        if (found !== OUTPUTS_VERSION) {
          throw new Error(
            `stack ${stackName}: outputs have contract version ${String(found)}; this program reads version ${OUTPUTS_VERSION}`,
          );
        }
        return value;
      });
  return Object.fromEntries(OUTPUT_KEYS.map((key) => [key, read(key)])) as unknown as ReturnType<
    typeof readOutputs
  >;
}
