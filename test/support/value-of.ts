import type * as pulumi from "@pulumi/pulumi";

/** The value of an Output; rejects where the Output failed. `await` on an Output gives the Output itself, and proves nothing. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return (output as unknown as { promise(): Promise<T> }).promise();
}
