import { database } from "./database";
import { fargate } from "./fargate";
import { httpApi } from "./http-api";
import { kubernetes } from "./kubernetes";
import { messages } from "./messages";
import { network } from "./network";
import { staticWebsite } from "./static-website";
import { stepFunctions } from "./step-functions";
import { tableStream } from "./table-stream";
import { warehouse } from "./warehouse";

/** Programs in the shapes of public examples, with the mistakes that such examples have, written for these tests. */
export const PROGRAMS: Readonly<Record<string, () => void>> = {
  database,
  fargate,
  "http-api": httpApi,
  kubernetes,
  messages,
  network,
  "static-website": staticWebsite,
  "step-functions": stepFunctions,
  "table-stream": tableStream,
  warehouse,
};
