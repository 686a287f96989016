import type { Rule } from "../../../kit";
import { lbAccessLogs } from "./lb-access-logs";
import { lbHttps } from "./lb-https";

/** The rules about load balancers. */
export const loadBalancingRules: readonly Rule[] = [lbAccessLogs, lbHttps];
