import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  type Stats,
  unlinkSync,
} from "node:fs";
import { join } from "node:path";

const HAS_PROC = existsSync("/proc/self/fdinfo");

/**
 * A folder held open, so that its entries are reached through the folder itself and not through its path: whoever puts a
 * link in the path's place meanwhile changes nothing. Where there is no /proc (macOS) the path has to do.
 */
export class OpenFolder {
  private constructor(
    private readonly descriptor: number,
    private readonly path: string,
  ) {}

  /** @throws ENOTDIR or ELOOP when `path` is a link or no folder */
  public static open(path: string): OpenFolder {
    const flags = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;
    const descriptor = openSync(path, flags);
    return new OpenFolder(descriptor, HAS_PROC ? `/proc/self/fd/${descriptor}` : path);
  }

  public openChild(name: string): OpenFolder {
    return OpenFolder.open(this.at(name));
  }

  public at(name: string): string {
    return join(this.path, name);
  }

  public names(): string[] {
    return readdirSync(this.path);
  }

  public stat(name: string): Stats {
    return lstatSync(this.at(name));
  }

  public unlink(name: string): void {
    unlinkSync(this.at(name));
  }

  /** Only ever removes an empty folder. */
  public rmdir(name: string): void {
    rmdirSync(this.at(name));
  }

  /** Differs from the parent's where something is mounted, the same disk (mount --bind) included. */
  public mount(): string {
    const info = HAS_PROC ? readFileSync(`/proc/self/fdinfo/${this.descriptor}`, "utf8") : "";
    return `${fstatSync(this.descriptor).dev} ${/^mnt_id:\s*(\d+)/m.exec(info)?.[1] ?? ""}`;
  }

  public close(): void {
    closeSync(this.descriptor);
  }
}
