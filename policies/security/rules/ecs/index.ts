import type { Rule } from "../../../kit";
import { ecsNoPublicIp } from "./ecs-no-public-ip";
import { ecsNoSecrets } from "./ecs-no-secrets";

/** The rules about containers. */
export const ecsRules: readonly Rule[] = [ecsNoPublicIp, ecsNoSecrets];
