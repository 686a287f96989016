import type { Fixture } from "../../support/fixture";
import { applications } from "./applications";
import { identityPlatform } from "./identity";
import { jobsPlatform } from "./jobs";
import { networkPlatform } from "./network";
import { sagemakerPlatform } from "./sagemaker";
import { servingPlatform } from "./serving";
import { storagePlatform } from "./storage";

/** One compliant resource at least of every type that a rule is about, wired to each other. */
export const platform: readonly Fixture[] = [
  { type: "pulumi:pulumi:Stack", name: "platform-test", properties: {} },
  ...sagemakerPlatform,
  ...jobsPlatform,
  ...storagePlatform,
  ...identityPlatform,
  ...networkPlatform,
  ...servingPlatform,
  ...applications,
];
