import type { RuleCases } from "../../support/breakage";
import { applicationCases } from "./applications";
import { identityCases } from "./identity";
import { networkCases } from "./network";
import { pipelineCases } from "./pipelines";
import { sagemakerCases } from "./sagemaker";
import { servingCases } from "./serving";
import { stackCases } from "./stack";
import { storageCases } from "./storage";

/** How every security rule is broken, by rule. */
export const ruleCases: RuleCases = {
  ...sagemakerCases,
  ...pipelineCases,
  ...storageCases,
  ...identityCases,
  ...networkCases,
  ...servingCases,
  ...stackCases,
  ...applicationCases,
};
