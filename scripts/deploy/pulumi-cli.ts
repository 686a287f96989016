import { spawnSync } from "node:child_process";
import { PlanError } from "../../preview/plan-error";

/** The Pulumi CLI on the PATH. */
export interface PulumiCli {
  /** With the terminal's own input and output. @throws PlanError when it ends with another code than 0 */
  readonly show: (argv: readonly string[]) => void;
  /** Its standard output. @throws PlanError with its last line of errors */
  readonly read: (argv: readonly string[]) => string;
}

/** Whether there is one on the PATH. */
export function hasPulumi(command = "pulumi"): boolean {
  return spawnSync(command, ["version"], { stdio: "ignore" }).status === 0;
}

/** A state of a whole environment is a few megabytes of JSON. */
const LARGEST_OUTPUT_BYTES = 256 * 2 ** 20;

/** @throws PlanError where there is no Pulumi CLI */
export function pulumiCli(command = "pulumi", env = process.env): PulumiCli {
  // Plans that are saved and applied as shown are behind this switch (docs/adr/0067).
  const options = { env: { ...env, PULUMI_EXPERIMENTAL: "true" } };
  const check = (
    argv: readonly string[],
    status: number | null,
    error: Error | undefined,
    said = "",
  ): void => {
    if (error && "code" in error && error.code === "ENOENT") {
      throw new PlanError(`${command} is not on the PATH: https://www.pulumi.com/docs/install`);
    }
    if (error) throw error;
    if (status === 0) return;
    const why = said.trim().split("\n").at(-1) ?? "";
    throw new PlanError(
      `pulumi ${argv[0]} ended with code ${status ?? "of a signal"}${why === "" ? "" : `: ${why}`}`,
    );
  };
  return {
    show: (argv) => {
      const { status, error } = spawnSync(command, [...argv], { ...options, stdio: "inherit" });
      check(argv, status, error);
    },
    read: (argv) => {
      const { status, error, stdout, stderr } = spawnSync(command, [...argv], {
        ...options,
        encoding: "utf8",
        maxBuffer: LARGEST_OUTPUT_BYTES,
        stdio: ["ignore", "pipe", "pipe"],
      });
      check(argv, status, error, stderr);
      return stdout;
    },
  };
}
