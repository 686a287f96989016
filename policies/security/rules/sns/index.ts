import type { Rule } from "../../../kit";
import { snsClosed } from "./sns-closed";
import { snsCmk } from "./sns-cmk";
import { snsHttpsSubscriptions } from "./sns-https-subscriptions";
import { snsRedrive } from "./sns-redrive";
import { snsTls } from "./sns-tls";

/** The rules about sns, in alphabetical order. */
export const snsRules: readonly Rule[] = [snsClosed, snsCmk, snsHttpsSubscriptions, snsRedrive, snsTls];
