import type { AnalyzedResource } from "../../../preview/policies/analyzed-resource";

/** Resources that violate a rule, under options of it, and what the case is called among the agreed findings. */
export interface ViolatingCase {
  readonly key: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly resources: readonly AnalyzedResource[];
}
