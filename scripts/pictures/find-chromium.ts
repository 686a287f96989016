import { spawnSync } from "node:child_process";

export const CHROMIUM_NAMES = ["chromium", "chromium-browser", "google-chrome", "chrome"] as const;

/** Path of a Chromium, by CHROMIUM or on the PATH. */
export function findChromium(): string | undefined {
  const find = (name: string) =>
    spawnSync("sh", ["-c", 'command -v "$0"', name], { encoding: "utf8" }).stdout.trim();
  return [process.env.CHROMIUM ?? "", ...CHROMIUM_NAMES.map(find)].find((path) => path !== "");
}
