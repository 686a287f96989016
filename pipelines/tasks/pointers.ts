import { jsonata, quoted, joined } from "../../asl/expression";
import type { TaskState } from "../../asl/states";
import { MODEL_VERSION_PATTERN } from "../../contracts/model-artifact";
import { modelPointerFolder, PARAMETER_FOLDERS, parameterRoot } from "../../contracts/parameters";
import type { MachinePlace } from "../place";
import { callTask } from "./call";

/** SSM: parameters of one page; there are two variants of four categories. */
const PARAMETERS_MAX = 10;

/** Which versions are live: one pointer a variant and category, in one call. Assigns `live`, a list of LiveVersion. */
export function readPointers({ environment }: MachinePlace): TaskState {
  const folder = parameterRoot(environment) + PARAMETER_FOLDERS.models;
  const parts = `$split($substringAfter($p.Name, ${quoted(folder)}), "/")`;
  return callTask(
    "aws-sdk:ssm:getParametersByPath",
    { Path: folder.slice(0, -1), Recursive: true, MaxResults: PARAMETERS_MAX },
    {
      assign: {
        live: jsonata(
          `[$map($states.result.Parameters, function($p) { {"variant": ${parts}[0], "category": ${parts}[1], "version": $p.Value} })]`,
        ),
      },
    },
  );
}

/** Arguments of a stage that reads the models bucket: which versions it is to take, source. */
export const VERSION_ARGUMENTS =
  '$map($live, function($v) { "--version=" & $v.variant & "/" & $v.category & "=" & $v.version })';

/** Makes a version the challenger of `$category`: the only pointer that a machine moves. @param version source */
export function pointChallenger({ environment }: MachinePlace, version: string): TaskState {
  return callTask("aws-sdk:ssm:putParameter", {
    Name: joined`${quoted(modelPointerFolder(environment, "challenger"))}${"$category"}`,
    Value: jsonata(version),
    Type: "String",
    AllowedPattern: MODEL_VERSION_PATTERN.source,
    Overwrite: true,
  });
}
