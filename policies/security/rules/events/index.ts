import type { Rule } from "../../../kit";
import { ebBusClosed } from "./eb-bus-closed";
import { ebTargetDlq } from "./eb-target-dlq";

/** The rules about events, in alphabetical order. */
export const eventsRules: readonly Rule[] = [ebBusClosed, ebTargetDlq];
