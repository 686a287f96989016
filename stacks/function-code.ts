import { join } from "node:path";
import { bundleFunction } from "../components/function-bundle";
import { API_FUNCTIONS, type ApiFunction } from "../contracts/api";
import { RELEASE_FUNCTION } from "../contracts/functions";
import type { Settings } from "./settings-schema";

const ENTRIES = join(__dirname, "..", "runtime", "entry");

/** Bundles of the API's functions. */
export type FunctionCode = Readonly<Record<ApiFunction, Buffer>>;

/** To be awaited before the first resource: what is registered in between would come in another order each time. */
export async function functionCode(): Promise<FunctionCode> {
  const bundles = await Promise.all(
    Object.entries(API_FUNCTIONS).map(async ([name, { entry }]) => [name, await codeOf(entry)] as const),
  );
  return Object.fromEntries(bundles) as FunctionCode;
}

/** Undefined where nothing is released by experiments: see createRelease. Awaited as early. */
export async function releaseCode({
  hostingMode,
}: Pick<Settings, "hostingMode">): Promise<Buffer | undefined> {
  return hostingMode === "realtime" ? codeOf(RELEASE_FUNCTION.entry) : undefined;
}

const codeOf = (entry: string) => bundleFunction(join(ENTRIES, `${entry}.ts`));
