import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import loadWabt from "wabt";

const FOLDER = join(__dirname, "..", "forecasting", "trees", "kernel");

/** The bytes of the trainer's kernel, assembled from its text. */
export async function assembleKernel(): Promise<Uint8Array> {
  const wabt = await loadWabt();
  const text = readFileSync(join(FOLDER, "kernel.wat"), "utf8");
  const module = wabt.parseWat("kernel.wat", text, { simd: true, threads: true });
  try {
    return module.toBinary({}).buffer;
  } finally {
    module.destroy();
  }
}

/** Writes kernel-bytes.ts beside the text. */
async function main(): Promise<void> {
  const bytes = await assembleKernel();
  const base64 = Buffer.from(bytes).toString("base64");
  const lines = base64.match(/.{1,96}/g) ?? [];
  const literal = lines.map((line) => `  "${line}"`).join(" +\n");
  const comment = `/** kernel.wat assembled (${bytes.length} bytes): npm run kernel. */`;
  writeFileSync(join(FOLDER, "kernel-bytes.ts"), `${comment}\nexport const KERNEL_BASE64 =\n${literal};\n`);
  console.log(`kernel-bytes.ts: ${bytes.length} bytes`);
}

if (require.main === module) void main();
