import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Category } from "../../../contracts/categories";
import { modelCardKey, modelKey, servedArchiveKey } from "../../../contracts/model-artifact";
import type { Variant } from "../../../contracts/variants";
import { linkFile } from "../../engine/files/link-files";
import { missingArchive, otherContent, otherVariant, type ServedModels } from "../served-models";

/** Served models as folders: one a variant, or the same for both where a model store holds all versions. */
export class ServedFolders implements ServedModels {
  constructor(private readonly folders: Readonly<Record<Variant, string>>) {}

  provide(variant: Variant, category: Category, version: string): Promise<"kept" | "copied"> {
    return Promise.resolve().then(() => {
      const place = (key: string) => join(this.folders[variant], key);
      const source = (key: string) => join(this.folders[otherVariant(variant)], key);
      const [archive, card] = [modelKey(category, version), modelCardKey(category, version)];
      const [found, wanted] = [place(archive), source(archive)].map((path) =>
        statSync(path, { throwIfNoEntry: false }),
      );
      if (found) {
        if (wanted && wanted.size !== found.size) {
          throw otherContent(servedArchiveKey(variant, category, version), found.size, wanted.size);
        }
        return "kept";
      }
      if (!wanted) throw missingArchive(variant, category, version);
      // The card first: an archive is never without one. The first model of an account has none.
      if (existsSync(source(card))) linkFile(source(card), place(card));
      linkFile(source(archive), place(archive));
      return "copied";
    });
  }
}
