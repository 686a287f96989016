/**
 * `npm run pictures [-- --week DIR]`: runs the real commands and keeps what they print and show in docs/pictures, for the
 * README. Pages are photographed by a Chromium of the machine; Japanese needs a font such as Noto Sans CJK.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { UserError } from "../runtime/engine/files/clear-error";
import { withTemporaryFolder } from "../runtime/engine/files/with-temporary-folder";
import { CHROMIUM_NAMES, findChromium } from "./pictures/find-chromium";
import { terminalPicture } from "./pictures/terminal-picture";
import { parseOptions } from "./terminal/parse-options";
import { print } from "./terminal/print";
import { runCommand } from "./terminal/run-command";

const COMMAND = join(__dirname, "smartretail.mjs");
const FOLDER = join(__dirname, "..", "docs", "pictures");
const USAGE = "npm run pictures -- [--week DIR]";
const START_MILLISECONDS = 60_000;
const MIB = 1024 * 1024;

interface Terminal {
  /** What has to run before, without a picture. */
  readonly before?: readonly string[];
  readonly argv: readonly string[];
  /** Its progress, which goes to stderr, is what there is to see. */
  readonly showsProgress?: boolean;
  readonly lines: number;
  readonly columns: number;
}

const TERMINALS: Readonly<Record<string, Terminal>> = {
  plan: { argv: ["plan", "--stack", "dev"], lines: 34, columns: 120 },
  cost: { argv: ["cost", "--stack", "prod"], lines: 24, columns: 120 },
  pipeline: {
    before: ["pipeline", "weekly"],
    argv: ["pipeline", "nightly"],
    showsProgress: true,
    lines: 52,
    columns: 72,
  },
  drift: { argv: ["drift", "--replay", "exercise-7-1"], lines: 28, columns: 128 },
};

export async function main(argv: readonly string[]): Promise<number> {
  const { week } = parseOptions(argv, { week: { type: "string" } } as const, USAGE);
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new UserError(
      `no Chromium (${CHROMIUM_NAMES.join(", ")}) is on the PATH, nor does CHROMIUM name one: it photographs the pages`,
    );
  }
  mkdirSync(FOLDER, { recursive: true });
  await withTemporaryFolder((work) => {
    for (const [name, terminal] of Object.entries(TERMINALS))
      keep(`${name}.svg`, photographTerminal(terminal, work));
    return Promise.resolve();
  });
  smartretail(["drift", "--replay", "exercise-7-2", "--picture", join(FOLDER, "hosting.svg")]);
  const folder = week ?? join(".smartretail", "pictures", "week");
  if (week === undefined) smartretail(["forecast", "--out", folder]);
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    await photographReport(browser, join(folder, "report.html"));
    await photographOrderPage(browser, folder);
  } finally {
    await browser.close();
  }
  return 0;
}

/** @param cwd where the command leaves what it makes */
function smartretail(argv: readonly string[], cwd = process.cwd()): { stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...argv], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "", FORCE_COLOR: "1" },
    maxBuffer: 64 * MIB,
  });
  if (status !== 0) throw new UserError(`smartretail ${argv.join(" ")} ended with ${status}: ${stderr}`);
  return { stdout, stderr };
}

function photographTerminal(
  { before, argv, showsProgress = false, lines, columns }: Terminal,
  work: string,
): string {
  if (before !== undefined) smartretail(before, work);
  const { stdout, stderr } = smartretail(argv, work);
  const printed = `${showsProgress ? stderr : ""}${stdout}`.trimEnd().split("\n");
  const rest = printed.length - lines;
  const more = rest > 0 ? [`\u001b[2m… ${rest} more lines\u001b[22m`] : [];
  const [name = "", ...options] = argv;
  const typed = `\u001b[32m$\u001b[39m npm run ${name} -- ${options.join(" ")}`;
  return terminalPicture([typed, "", ...printed.slice(0, lines), ...more], columns);
}

async function photographReport(browser: Browser, report: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1000, height: 860 }, locale: "en-GB" });
  await page.goto(pathToFileURL(resolve(report)).href);
  keep("report.png", await page.screenshot());
  const heading = page.getByRole("heading", { name: "Challenger against champion" });
  const box = await heading.boundingBox();
  if (box === null) throw new UserError(`${report} compares no models`);
  const clip = { x: 0, y: box.y - 12, width: 1000, height: 720 };
  keep("comparison.png", await page.screenshot({ fullPage: true, clip }));
}

async function photographOrderPage(browser: Browser, week: string): Promise<void> {
  const server = spawn(process.execPath, [COMMAND, "serve", "--week", week, "--port", "0"]);
  try {
    const page = await browser.newPage({
      viewport: { width: 390, height: 780 },
      deviceScaleFactor: 1.5,
      locale: "ja-JP",
    });
    await page.goto(await addressOf(server));
    await page.getByText("予測を見る").first().click();
    await page.locator("tbody td").first().waitFor();
    keep("order-page.png", await page.screenshot());
  } finally {
    server.kill();
  }
}

/** What `serve` prints first. */
function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((done, reject) => {
    const timer = setTimeout(
      () => reject(new UserError("serve has not started in a minute")),
      START_MILLISECONDS,
    );
    let text = "";
    const read = (chunk: Buffer) => {
      text += chunk.toString();
      const [address] = /http:\S+\/\?store=\S+/.exec(text) ?? [];
      if (address === undefined) return;
      clearTimeout(timer);
      done(address);
    };
    server.stdout?.on("data", read);
    server.stderr?.on("data", read);
    server.once("exit", () => {
      clearTimeout(timer);
      reject(new UserError(`serve has ended: ${text}`));
    });
  });
}

function keep(name: string, content: string | Buffer): void {
  writeFileSync(join(FOLDER, name), content);
  print(`${name}: ${Math.ceil(content.length / 1024)} KB`);
}

if (require.main === module) runCommand(main);
