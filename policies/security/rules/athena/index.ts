import type { Rule } from "../../../kit";
import { athenaEncrypted } from "./athena-encrypted";

/** The rules about queries over the lake. */
export const athenaRules: readonly Rule[] = [athenaEncrypted];
