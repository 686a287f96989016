import { mkdirSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Category } from "../../../contracts/categories";
import { codeOf } from "../../engine/files/clear-error";
import { createFile } from "../../engine/files/create-file";
import type { ExperimentJournal, JournalEntry } from "../journal";
import { journalText, parseJournalEntry } from "../journal-text";

/** `000001.json`: names in the order of the revisions. */
const fileName = (revision: number) => `${String(revision).padStart(6, "0")}.json`;
const FILE = /^\d{6}\.json$/;

/** The journal as a folder a category and a file a revision; a file that exists is never written again. */
export class JournalFolder implements ExperimentJournal {
  constructor(private readonly folder: string) {}

  async latest(category: Category): Promise<JournalEntry | undefined> {
    return (await this.history(category, 1))[0];
  }

  append(entry: JournalEntry): Promise<boolean> {
    return Promise.resolve().then(() => {
      mkdirSync(join(this.folder, entry.category), { recursive: true });
      return createFile(join(this.folder, entry.category, fileName(entry.revision)), journalText(entry));
    });
  }

  async history(category: Category, limit: number): Promise<JournalEntry[]> {
    const folder = join(this.folder, category);
    const names = (await namesIn(folder)).filter((name) => FILE.test(name)).sort();
    const newest = names.slice(-limit).reverse();
    return Promise.all(
      newest.map(async (name) => {
        const path = join(folder, name);
        return parseJournalEntry(await readFile(path, "utf8"), path);
      }),
    );
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  }
}
