import type { ResourceCheck, StackCheck, StackRule } from "../../../kit";
import { secretInVariable } from "../../secrets";

/** Properties that are secrets by their nature. */
const SECRETS: Readonly<Record<string, string>> = {
  "aws:ssm/parameter:Parameter": "value",
  "aws:secretsmanager/secretVersion:SecretVersion": "secretString",
};

/** Properties that hold texts of ours. */
const TEXTS: Readonly<Record<string, string>> = {
  "aws:cloudwatch/eventTarget:EventTarget": "input",
  "aws:scheduler/schedule:Schedule": "target.input",
};

export const noPlaintextSecrets: StackRule = {
  id: "no-plaintext-secrets",
  title: "No secret is written into the program",
  severity: "critical",
  rationale: "It would be in the repository, in the state and in every plan.",
  controls: [],
  inspects: Object.fromEntries(
    Object.entries({ ...SECRETS, ...TEXTS }).map(([type, path]) => [type, [path]]),
  ),
  remedy:
    "Let the cloud make the secret (generated password, rotation), or take it from the stack's configuration.",
  checkStack: (stack) => {
    for (const [type, path] of Object.entries(SECRETS))
      for (const resource of stack.ofType(type))
        if (!comesFromElsewhere(stack, resource, path)) check(resource, path);
    for (const [type, path] of Object.entries(TEXTS))
      for (const resource of stack.ofType(type)) check(resource, path);
  },
};

function check(resource: ResourceCheck, path: string): void {
  const isVersion = resource.type.endsWith("SecretVersion");
  const name = isVersion ? "secret" : String(resource.at("name").known ?? "");
  const secret = secretInVariable(name, String(resource.input(path).read() ?? ""));
  if (secret) resource.fail(`${path} holds ${secret}`, path);
}

/** Another resource made the value, such as a random password, or the stack's configuration has it as a secret. */
function comesFromElsewhere(stack: StackCheck, resource: ResourceCheck, path: string): boolean {
  if ((resource.raw.propertyDependencies?.[path] ?? []).length > 0) return true;
  const value = resource.input(path).known;
  return typeof value === "string" && stack.run.isConfigured(value);
}
