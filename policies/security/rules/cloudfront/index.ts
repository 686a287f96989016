import type { Rule } from "../../../kit";
import { cloudfrontHttps } from "./cloudfront-https";
import { cloudfrontLogging } from "./cloudfront-logging";

/** The rules about content delivery. */
export const cloudfrontRules: readonly Rule[] = [cloudfrontHttps, cloudfrontLogging];
