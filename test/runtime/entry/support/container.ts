import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { processingResult } from "../../../../contracts/processing-container";

/** The image's content as its Dockerfile says it. */
export interface Image {
  /** Paths of the repository that it holds. */
  readonly copied: readonly string[];
  readonly entry: readonly string[];
}

/** Own names for mounts, processes and users. */
const NAMESPACES = ["--user", "--map-root-user", "--mount", "--pid", "--fork", "--kill-child"];

/** Mounts as SageMaker makes them; the rest of the root cannot be written. Runs as root of the namespace. */
const SCRIPT = `
set -e
root=$1 repository=$2 node=$3 volume=$4 collected=$5 copied=$6 result=$7 inside=$8; shift 8
mount --bind "$root" "$root"
for lib in lib lib64; do mount --rbind "/usr/$lib" "$root/usr/$lib"; done
mount --bind "$node" "$root/usr/local/bin/node"
for path in $copied node_modules; do
  mount --bind "$repository/$path" "$root/app/$path"
  mount -o remount,bind,ro "$root/app/$path"
done
mount --rbind /proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/tmp"
mount --bind "$volume" "$root/opt/ml/processing"
# Each LocalPath of an output is there when the container starts; here the folder and one in it are mounts of their own.
for path in . "$inside"; do
  mkdir -p "$root$result/$path" "$collected/$path"
  mount --bind "$collected/$path" "$root$result/$path"
done
mount -o remount,bind,ro "$root"
exec unshare --root="$root" --wd=/app "$@"
`;

/** Whether this system lets an ordinary user have a root of his own. */
export const hasNamespaces = (): boolean =>
  spawnSync("unshare", [...NAMESPACES, "unshare", "--root=/", "--wd=/", "true"]).status === 0;

interface Container {
  readonly child: ChildProcess;
  /** What SageMaker would upload. */
  readonly collected: string;
  /** /opt/ml/processing. */
  readonly volume: string;
}

/**
 * Starts the image's command in a root with nothing but the image's files, the system's libraries and Node.js, as its first process.
 *
 * @param argv the stage and its options
 * @param inside folder of the result that is collected for itself
 */
export function startContainer(
  folder: string,
  { copied, entry }: Image,
  argv: readonly string[],
  inside = ".",
): Container {
  const [root, volume, collected] = ["root", "volume", "collected"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const at = (path: string) => join(root, path);
  for (const path of ["usr/lib", "usr/lib64", "proc", "dev", "tmp", "opt/ml/processing", "app/node_modules"])
    mkdirSync(at(path), { recursive: true });
  for (const lib of ["lib", "lib64"]) link(at(lib), `usr/${lib}`);
  for (const path of ["usr/local/bin/node", ...copied.map((name) => `app/${name}`)]) {
    if (path.startsWith("app/") && statSync(path.slice("app/".length)).isDirectory())
      mkdirSync(at(path), { recursive: true });
    else {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), "");
    }
  }
  for (const path of [volume, collected]) mkdirSync(path, { recursive: true });
  const repository = process.cwd();
  const given = [root, repository, realpathSync(process.execPath), volume, collected, copied.join(" ")];
  const outputs = [processingResult(argv[0]!), inside];
  const command = entry.map((word) => (word === "node" ? "/usr/local/bin/node" : word));
  const child = spawn(
    "unshare",
    [...NAMESPACES, "bash", "-c", SCRIPT, "bash", ...given, ...outputs, ...command, ...argv],
    { env: { PATH: process.env.PATH, NODE_ENV: "production" } },
  );
  return { child, collected, volume };
}

/** The process that is the first one inside, by its number out here. */
export function firstProcess(child: ChildProcess): number {
  const [pid] = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, "utf8").trim().split(" ");
  return Number(pid);
}

function link(path: string, target: string): void {
  spawnSync("ln", ["-sfn", target, path]);
}
