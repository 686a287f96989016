import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import type { ApiResponse } from "../runtime/api/http";

const WEB = join(__dirname, "..", "web");

/** Nothing but the page's own files and the API of the same origin. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'";

/** The ordering page by path, its TypeScript as one script for the phones of the last four years. */
export async function buildPage(): Promise<ReadonlyMap<string, ApiResponse>> {
  const { outputFiles } = await build({
    entryPoints: [join(WEB, "order.ts")],
    bundle: true,
    minify: true,
    format: "esm",
    target: ["safari16", "chrome110"],
    write: false,
    logLevel: "error",
  });
  const file = (type: string, body: string): ApiResponse => ({
    status: 200,
    headers: { "content-type": `${type}; charset=utf-8`, "content-security-policy": POLICY },
    body,
  });
  return new Map([
    ["/", file("text/html", await readFile(join(WEB, "index.html"), "utf8"))],
    ["/order.css", file("text/css", await readFile(join(WEB, "order.css"), "utf8"))],
    ["/order.js", file("text/javascript", outputFiles[0]!.text)],
  ]);
}
