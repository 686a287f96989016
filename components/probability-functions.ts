import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/** Where the package names its programs, each 15 to 60 KB of WebAssembly as text. */
const PARTS = /var wasmMap = \{[^}]*\};/;

/**
 * Of `cephes`, which compiles five programs when it is loaded, only the one with the probability functions: 80 KB of a zipped
 * bundle, and most of the time that the package takes to start.
 */
export const probabilityFunctions: Plugin = {
  name: "probability-functions",
  setup(build) {
    build.onLoad({ filter: /node_modules[\\/]cephes[\\/]index\.m?js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      if (!PARTS.test(source)) {
        throw new Error(
          `${path} does not list its programs as it did: see components/probability-functions.ts`,
        );
      }
      return { contents: source.replace(PARTS, "var wasmMap = { cprob: cprob };"), loader: "js" };
    });
  },
};
