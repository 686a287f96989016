import { createHash } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, normalize, sep } from "node:path";
import { codeOf } from "../../engine/files/clear-error";
import { replaceFileSync } from "../../engine/files/replace-file";
import type { ObjectStore, StoredObject, WriteCondition } from "../object-store";

/** Objects as files of a folder. Conditions hold among the writers of this process. */
export class FolderObjects implements ObjectStore {
  public constructor(private readonly folder: string) {}

  public async get(key: string): Promise<StoredObject | undefined> {
    try {
      const content = await readFile(this.path(key));
      return { content, etag: etagOf(content) };
    } catch (error) {
      if (codeOf(error) === "ENOENT") return undefined;
      throw error;
    }
  }

  public async put(key: string, content: string, condition: WriteCondition): Promise<string | undefined> {
    const path = this.path(key);
    const before = await this.get(key);
    const holds = "ifMatch" in condition ? before?.etag === condition.ifMatch : before === undefined;
    // Nothing waits from here on, so no other writer of this process comes in between.
    if (!holds || existsSync(path) !== (before !== undefined)) return undefined;
    mkdirSync(dirname(path), { recursive: true });
    replaceFileSync(path, content);
    return etagOf(Buffer.from(content));
  }

  private path(key: string): string {
    const path = normalize(join(this.folder, key));
    if (!path.startsWith(normalize(this.folder + sep))) throw new Error(`key "${key}" leaves its folder`);
    return path;
  }
}

const etagOf = (content: Uint8Array) =>
  `"${createHash("sha256").update(content).digest("hex").slice(0, 32)}"`;
