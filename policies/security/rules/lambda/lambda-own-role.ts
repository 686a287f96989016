import type { StackRule } from "../../../kit";
import { FUNCTION } from "./functions";

export const lambdaOwnRole: StackRule = {
  id: "lambda-own-role",
  title: "Every function has its own role and layers that we know",
  severity: "medium",
  rationale:
    "A shared role gives every function the rights of all; a layer of another account is code that others change.",
  controls: ["LambdaSharedRole", "LambdaStarPermissions"],
  inspects: { [FUNCTION]: ["role", "layers"] },
  remedy:
    "Give the function a role of its own, and copy the layer or name its account in the option layerAccounts.",
  options: {
    layerAccounts: {
      type: "array",
      items: { type: "string" },
      description:
        "Accounts whose layers may be used besides the function's own. AWS's: 017000801446 (Powertools), 580247275435 (Insights), 133490724326 (parameters and secrets, Tokyo).",
      default: ["017000801446", "580247275435", "133490724326"],
    },
  },
  checkStack: (stack) => {
    const owners = new Map<string, string>();
    for (const fn of stack.ofType(FUNCTION)) {
      const role = fn.at("role").read<string>();
      const owner = role === undefined ? undefined : owners.get(role);
      if (owner) fn.fail(`the function shares its role with ${owner}`, "role");
      if (role !== undefined) owners.set(role, fn.name);
      const own = /^arn:[^:]*:iam::(\d{12})/.exec(role ?? "")?.[1];
      for (const layer of fn.at("layers").items()) {
        const account = /^arn:[^:]*:lambda:[^:]*:(\d{12})/.exec(layer.read<string>() ?? "")?.[1];
        if (account === undefined || account === own) continue;
        if (!stack.option<string[]>("layerAccounts").includes(account))
          layer.fail(`the layer belongs to account ${account}`, account);
      }
    }
  },
};
