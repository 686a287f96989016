import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import commands from "../../../scripts/commands.json";
import { errorText } from "../../../scripts/terminal/run-command";

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Terminal {
  /** Variables for the run; undefined takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Whether standard output says that it is a terminal. @default false */
  readonly isTty?: boolean;
}

/**
 * One command of the command line in this process, as runCommand runs it: its exit code, what it writes, and of an error
 * what a person would see. A process each would take a second of the TypeScript loader.
 */
export async function runCommandLine(
  name: string,
  argv: readonly string[],
  { env = {}, isTty = false }: Terminal = {},
): Promise<Ended> {
  const { script } = commands.find((each) => each.name === name)!;
  const { main } = createRequire(__filename)(join(resolve("scripts"), script)) as {
    main: (argv: readonly string[]) => Promise<number> | number;
  };
  const written = { stdout: "", stderr: "" };
  const restore = [
    catchWrites("stdout", (text) => (written.stdout += text)),
    catchWrites("stderr", (text) => (written.stderr += text)),
    setVariables(env),
    setTty(isTty),
  ];
  try {
    const code = await main(argv);
    return { code, ...written };
  } catch (error) {
    return { code: 1, stdout: written.stdout, stderr: `${written.stderr}${errorText(error)}\n` };
  } finally {
    for (const each of restore) each();
  }
}

function catchWrites(name: "stdout" | "stderr", keep: (text: string) => void): () => void {
  const stream = process[name];
  const { write } = stream;
  stream.write = (text: string | Uint8Array) => {
    keep(String(text));
    return true;
  };
  return () => {
    stream.write = write;
  };
}

function setVariables(env: Readonly<Record<string, string | undefined>>): () => void {
  const before = { ...process.env };
  const assign = (values: Readonly<Record<string, string | undefined>>) => {
    for (const [name, value] of Object.entries(values))
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  };
  assign(env);
  return () => assign(Object.fromEntries(Object.keys(env).map((name) => [name, before[name]])));
}

function setTty(isTty: boolean): () => void {
  const before = process.stdout.isTTY;
  process.stdout.isTTY = isTty;
  return () => {
    process.stdout.isTTY = before;
  };
}
