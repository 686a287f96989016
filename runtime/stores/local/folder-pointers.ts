import { CATEGORIES, type Category } from "../../../contracts/categories";
import type { Variant } from "../../../contracts/variants";
import type { ModelStore } from "../../models/model-store";
import type { LiveVersions, ModelPointers } from "../model-pointers";

/** The pointers of a model store on this machine. */
export class FolderPointers implements ModelPointers {
  public constructor(private readonly models: ModelStore) {}

  public async readAll(): Promise<LiveVersions> {
    return { champion: await this.ofVariant("champion"), challenger: await this.ofVariant("challenger") };
  }

  private async ofVariant(variant: Variant): Promise<LiveVersions[Variant]> {
    const versions: Partial<Record<Category, string>> = {};
    for (const category of CATEGORIES) {
      const version = await this.models.current(variant, category);
      if (version !== undefined) versions[category] = version;
    }
    return versions;
  }
}
