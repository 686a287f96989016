import { join } from "node:path";
import { removeInside } from "../files/remove-owned";

const SPILL = "spill";

/**
 * Lends `use` a folder inside `folder` for what a database cannot hold in its memory, and removes it afterwards. The database must
 * be closed by then.
 */
export async function withSpillFolder<Result>(
  folder: string,
  use: (spillFolder: string) => Promise<Result>,
): Promise<Result> {
  try {
    return await use(join(folder, SPILL));
  } finally {
    removeInside(folder, SPILL);
  }
}
