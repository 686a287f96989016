import { spawnSync } from "node:child_process";

/** A command of the machine that some part of the project calls. */
export interface Tool {
  readonly command: string;
  readonly versionArguments: readonly string[];
  readonly neededFor: string;
}

export const TOOLS: readonly Tool[] = [
  { command: "git", versionArguments: ["--version"], neededFor: "the tag of the processing image" },
  {
    command: "pulumi",
    versionArguments: ["version"],
    neededFor: "deploying, rehearse, outputs --deployed; nothing else",
  },
  {
    command: "docker",
    versionArguments: ["buildx", "version"],
    neededFor: "building the processing image, unless CI builds it",
  },
  {
    command: "moto_server",
    versionArguments: ["--help"],
    neededFor: "specs against an AWS emulator; they are skipped without it",
  },
];

/** Longest time that a version may take: a hanging tool is as good as none. */
const TIMEOUT_MILLISECONDS = 10_000;

/** What the tool calls its version, or "found"; undefined where it is not on the PATH or does not work. */
export function toolVersion({ command, versionArguments }: Tool): string | undefined {
  const { status, stdout, stderr } = spawnSync(command, versionArguments, {
    encoding: "utf8",
    timeout: TIMEOUT_MILLISECONDS,
  });
  if (status !== 0) return undefined;
  return /\d+\.\d+[\w.+-]*/.exec(stdout || stderr)?.[0] ?? "found";
}
