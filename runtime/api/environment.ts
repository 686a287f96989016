import * as z from "zod";
import { type API_ENVIRONMENT, type ApiFunction, DEFAULT_DEADLINE_MILLISECONDS } from "../../contracts/api";
import { CATEGORIES } from "../../contracts/categories";

type Names<Function extends ApiFunction> =
  keyof (typeof API_ENVIRONMENT)[Function]["required"] | keyof (typeof API_ENVIRONMENT)[Function]["optional"];
type Shape<Function extends ApiFunction> = Record<Names<Function>, z.ZodType>;

const endpointNames = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: "custom", message: "is no JSON" });
      return z.NEVER;
    }
  })
  .pipe(z.union([z.object({ forecast: z.string() }), z.record(z.enum(CATEGORIES), z.string())]));

const SHAPES = {
  forecast: {
    SMARTRETAIL_ENVIRONMENT: z.enum(["dev", "prod"]),
    ENDPOINT_NAMES: endpointNames,
    FEATURE_GROUP_NAME: z.string().min(1),
    RESULTS_BUCKET: z.string().min(1),
    EXPERIMENTS_TABLE: z.string().min(1).optional(),
    DEADLINE_MILLISECONDS: z.coerce.number().int().min(100).max(3000).default(DEFAULT_DEADLINE_MILLISECONDS),
  } satisfies Shape<"forecast">,
  orders: { RESULTS_BUCKET: z.string().min(1) } satisfies Shape<"orders">,
};

export type ApiEnvironment<Function extends ApiFunction> = z.output<z.ZodObject<(typeof SHAPES)[Function]>>;

/** @throws Error naming each variable that is wrong, and what is allowed */
export function readEnvironment<Function extends ApiFunction>(
  name: Function,
  env: Readonly<Record<string, string | undefined>>,
): ApiEnvironment<Function> {
  const result = z.object(SHAPES[name] as z.ZodRawShape).safeParse(env);
  if (result.success) return result.data as ApiEnvironment<Function>;
  const faults = result.error.issues.map(({ path, message }) => `${String(path[0])}: ${message}`);
  throw new Error(`environment of the function ${name}: ${faults.join("; ")}`);
}
