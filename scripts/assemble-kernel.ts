import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import loadWabt from "wabt";
import { runCommand } from "./terminal/run-command";

const FOLDER = join(__dirname, "..", "forecasting", "trees", "kernel");

/** The WebAssembly texts of the trees; each is committed as bytes beside it. */
export const KERNELS = ["train-kernel", "score-kernel"] as const;

/** The bytes of one kernel, assembled from its text. */
export async function assembleKernel(name: (typeof KERNELS)[number]): Promise<Uint8Array> {
  const wabt = await loadWabt();
  const text = readFileSync(join(FOLDER, `${name}.wat`), "utf8");
  const module = wabt.parseWat(`${name}.wat`, text, { simd: true, threads: true });
  try {
    return module.toBinary({}).buffer;
  } finally {
    module.destroy();
  }
}

/** The source file that carries the bytes. */
function sourceOf(name: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString("base64")
      .match(/.{1,96}/g) ?? [];
  const literal = lines.map((line) => `  "${line}"`).join(" +\n");
  const constant = `${name.replace("-", "_").toUpperCase()}_BASE64`;
  return `/** ${name}.wat assembled (${bytes.length} bytes): npm run kernel. */\nexport const ${constant} =\n${literal};\n`;
}

async function main(): Promise<number> {
  for (const name of KERNELS) {
    const bytes = await assembleKernel(name);
    writeFileSync(join(FOLDER, `${name}-bytes.ts`), sourceOf(name, bytes));
    console.log(`${name}-bytes.ts: ${bytes.length} bytes`);
  }
  return 0;
}

if (require.main === module) runCommand(main);
