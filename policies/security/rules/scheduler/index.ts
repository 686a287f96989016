import type { Rule } from "../../../kit";
import { schedCmk } from "./sched-cmk";
import { schedDlq } from "./sched-dlq";

/** The rules about scheduler, in alphabetical order. */
export const schedulerRules: readonly Rule[] = [schedCmk, schedDlq];
