import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { replaceFileSync } from "../../engine/files/replace-file";

/**
 * The account that local runs work in, as a folder:
 *
 *   s3/<bucket>/<key>            objects
 *   jobs/<name>/result           what a job has written, before it is uploaded (a link, not a copy)
 *   tables/<table>/<key>.json    items
 *   parameters/<name>.json       SSM parameters, with their history
 *   models/  packages/<group>/   SageMaker models and model packages
 *   alerts/  metrics/  events/   what was told to people and services, a file each; alerts.log has a line each
 *   started/<run>.json           executions that machines have started
 *   runs/<machine>/<run>/        journal of each execution
 */
export class LocalCloud {
  public constructor(public readonly root: string) {}

  /** Folder or file of an S3 URI. */
  public pathOf(uri: string): string {
    const match = /^s3:\/\/([^/]+)(?:\/(.*))?$/.exec(uri);
    if (!match) throw new Error(`"${uri}" is no S3 URI; allowed: s3://<bucket>/<key>`);
    return this.objectPath(match[1]!, match[2] ?? "");
  }

  /** @throws for a key that would leave the bucket */
  public objectPath(bucket: string, key: string): string {
    if (key.split("/").includes("..")) throw new Error(`key "${key}" leaves its bucket`);
    return join(this.root, "s3", bucket, key);
  }

  public at(...names: readonly string[]): string {
    return join(this.root, ...names);
  }

  public readJson<T>(...names: readonly string[]): T | undefined {
    const path = this.at(...names);
    return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as T) : undefined;
  }

  public writeJson(value: unknown, ...names: readonly string[]): void {
    this.writeText(`${JSON.stringify(value, undefined, 2)}\n`, this.at(...names));
  }

  /** Whoever reads sees the old file or the new one. */
  public writeText(text: string, path: string): void {
    mkdirSync(dirname(path), { recursive: true });
    replaceFileSync(path, text);
  }

  public names(...folder: readonly string[]): string[] {
    const path = this.at(...folder);
    return existsSync(path) ? readdirSync(path).sort() : [];
  }
}

/** A file name for any text. */
export function fileNameOf(text: string): string {
  const plain = text.replace(/[^A-Za-z0-9.-]+/g, "_").slice(0, 80);
  return `${plain}-${createHash("sha256").update(text).digest("hex").slice(0, 8)}.json`;
}
