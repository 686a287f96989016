import { createHash } from "node:crypto";
import { arn, RESOURCE_STUBS, idOf, type ResourceStub } from "./resource-stubs";

/** Account that a plan without a cloud is made for: AWS's documentation account, nobody's. */
export const PLAN_ACCOUNT_ID = "123456789012";

interface Subject {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly wireInputs: Readonly<Record<string, unknown>>;
}

/**
 * The physical name that the provider makes up when the program gives none: the logical name and seven hexadecimal
 * digits. It is known in a preview. Empty for a named or nameless resource.
 */
export function autoName({ urn, type, name, wireInputs }: Subject): Record<string, string> {
  const property = RESOURCE_STUBS[type]?.named;
  if (!property || wireInputs[property] !== undefined) return {};
  const prefix = wireInputs[`${property}Prefix`];
  const digits = digest(urn).slice(0, 7);
  return { [property]: typeof prefix === "string" ? prefix + digits : `${name}-${digits}` };
}

/** Id and computed values of the resource once AWS has made it: AWS's forms, the same in every run. */
export function createStub(
  subject: Subject,
  region: string,
): { id: string; computed: Record<string, string> } {
  const { type, wireInputs, urn, name } = subject;
  const stub = RESOURCE_STUBS[type] ?? otherStub(type, wireInputs);
  const auto = autoName(subject);
  const inputs: Record<string, unknown> = { ...wireInputs, ...auto };
  const hash = digest(urn);
  const values: Record<string, string> = {
    region,
    account: PLAN_ACCOUNT_ID,
    name: text(inputs[stub.named ?? "name"]) || name,
    hex: `0${hash.slice(0, 16)}`,
    short: hash.slice(0, 12),
    SHORT: hash.slice(0, 12).toUpperCase(),
    uuid: hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5"),
  };
  const render = (template: string) =>
    template.replace(/\{(input\.)?(\w+)\}/g, (_, input, key: string) =>
      input ? text(inputs[key]) : (values[key] ?? ""),
    );
  values.id = render(stub.id);
  const computed = Object.entries(stub.computed ?? {}).map(([key, template]) => [key, render(template)]);
  return { id: values.id, computed: { ...auto, ...Object.fromEntries(computed) } };
}

/** A resource that only adds to another one (a bucket's versioning, say) has that one's name as its id. */
function otherStub(type: string, inputs: Readonly<Record<string, unknown>>): ResourceStub {
  for (const property of ["bucket", "repository", "modelPackageGroupName", "secretId", "stateMachineArn"]) {
    if (typeof inputs[property] === "string") return idOf(property);
  }
  const service = type.split(":")[1]?.split("/")[0] ?? "";
  return { id: "{name}-{short}", computed: { arn: arn(service, "{name}") } };
}

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function digest(urn: string): string {
  return createHash("sha256").update(urn).digest("hex");
}
