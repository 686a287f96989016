import { join } from "node:path";
import { bundleFunction } from "../../components/function-bundle";
import { API_FUNCTIONS, type ApiFunction } from "../../contracts/api";

const ENTRIES = join(__dirname, "..", "..", "runtime", "entry");

/** Bundles of the API's functions. */
export type FunctionCode = Readonly<Record<ApiFunction, Buffer>>;

/** To be awaited before the first resource: what is registered in between would come in another order each time. */
export async function functionCode(): Promise<FunctionCode> {
  const bundles = await Promise.all(
    Object.entries(API_FUNCTIONS).map(
      async ([name, { entry }]) => [name, await bundleFunction(join(ENTRIES, `${entry}.ts`))] as const,
    ),
  );
  return Object.fromEntries(bundles) as FunctionCode;
}
