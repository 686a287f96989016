import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import commands from "../scripts/commands.json";

const ROOT = join(__dirname, "..");

/** Every Markdown file of the repository. */
const pages = execFileSync("git", ["ls-files", "*.md"], { cwd: ROOT, encoding: "utf8" })
  .split("\n")
  .filter((path) => path !== "" && existsSync(join(ROOT, path)));
const textOf = (page: string) => readFileSync(join(ROOT, page), "utf8");
/** What somebody types; decisions may tell of commands that are no more. */
const guides = pages.filter((page) => !page.startsWith("docs/adr/"));

/** Targets of links and pictures, without those of other sites and of the same page. */
function targetsOf(page: string): string[] {
  const text = textOf(page).replaceAll(/^```[\s\S]*?^```/gm, "");
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target!)
    .filter((target) => !/^(?:[a-z]+:|#)/.test(target))
    .map((target) => target.replace(/#.*$/, ""));
}

describe("the documentation", () => {
  it("links to files that are there", () => {
    const links = pages.flatMap((page) => targetsOf(page).map((target) => ({ page, target })));

    assert.ok(links.length > 20, String(links.length));
    assert.deepEqual(
      links.filter(({ page, target }) => !existsSync(join(ROOT, dirname(page), target))),
      [],
    );
  });

  it("names commands that are there", () => {
    const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
    const named = guides.flatMap((page) =>
      [...textOf(page).matchAll(/npm run (?:--silent )?([a-z][\w:]*)/g)].map(([, name]) => ({ page, name })),
    );

    assert.ok(named.length > 20, String(named.length));
    assert.deepEqual(
      named.filter(({ name }) => scripts[name!] === undefined),
      [],
    );
  });

  it("gives commands of the README only options that they take", () => {
    const lines = [...textOf("README.md").matchAll(/npm run ([a-z]+) -- ([^`#\n]*)/g)];
    const unknown = lines.flatMap(([, name, rest]) => {
      const command = commands.find((each) => each.name === name);
      const options = Object.keys(command?.options ?? {}).join(" ");
      if (command === undefined || "ownHelp" in command) return [];
      return [...rest!.matchAll(/--[a-z-]+/g)]
        .filter(([option]) => option !== "--help" && !options.includes(option))
        .map(([option]) => `${name} ${option}`);
    });

    assert.ok(lines.length > 10, String(lines.length));
    assert.deepEqual(unknown, []);
  });

  it("quotes the ordering page and the notices to stores as they are", () => {
    const words = ["web/words.ts", "web/order.ts", "forecasting/drift/evidence.ts"].map(textOf).join("\n");
    const rows = textOf("docs/ja/store-operations.md")
      .split("\n")
      .filter((line) => line.startsWith("| ") && !/^\| (?:-|表示|原因 )/.test(line))
      .map((line) => line.split("|").map((cell) => cell.trim()));
    const quotes = rows.flatMap((cells) =>
      // Two columns tell of the page, the first one quotes; three of the notices, the second one does.
      (cells.length === 4 ? cells[1] : cells[2])!.split(/[。…]/).filter((quote) => quote !== ""),
    );

    assert.ok(quotes.length > 25, String(quotes.length));
    assert.deepEqual(
      quotes.filter((quote) => !words.includes(quote)),
      [],
    );
  });

  it("names every decision in the index by its own title", () => {
    const entries = [...textOf("docs/adr/README.md").matchAll(/^- \[(.+)\]\((\d{4}-.+\.md)\)$/gm)];

    const files = readdirSync(join(ROOT, "docs/adr")).filter((name) => /^\d{4}-/.test(name));
    assert.deepEqual(
      entries.map(([, , file]) => file),
      files.sort(),
    );
    for (const [, title, file] of entries)
      assert.equal(textOf(`docs/adr/${file}`).split("\n")[0], `# ${title}`);
  });
});
