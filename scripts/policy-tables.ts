/** `node --import tsx scripts/policy-tables.ts`: brings the generated tables in the READMEs of the policy packs up to date. */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packFolders } from "./build-policies";

interface Renderer {
  renderReadme(readme: string): string;
}

async function main(): Promise<void> {
  for (const folder of packFolders()) {
    if (!existsSync(join(folder, "render-readme.ts"))) continue;
    const { renderReadme } = (await import(join(folder, "render-readme.ts"))) as Renderer;
    const file = join(folder, "README.md");
    const text = readFileSync(file, "utf8");
    const wanted = renderReadme(text);
    console.log(`${file}: ${text === wanted ? "current" : "updated"}`);
    if (text === wanted) continue;
    writeFileSync(`${file}.new`, wanted);
    renameSync(`${file}.new`, file);
  }
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error((error as Error).message);
    process.exitCode = 1;
  });
}
