import { EndpointControlError } from "./endpoint-control";
import type { LocalConfiguration, UpdateRequest } from "./local/update";

export interface UpdateCheck {
  readonly endpointName: string;
  readonly status: string;
  readonly from: LocalConfiguration;
  readonly to: LocalConfiguration;
  readonly request: UpdateRequest;
  readonly live: ReadonlyMap<string, { readonly instanceCount: number }>;
  /** Variants that are scalable targets. */
  readonly scaled: readonly string[];
}

interface Routing {
  readonly Type?: string;
  readonly CanarySize?: { readonly Type: string; readonly Value: number };
}

/**
 * What UpdateEndpoint rejects, of that which can happen here.
 *
 * Sources: UpdateEndpoint and TrafficRoutingConfig of the SageMaker API reference; "Exclusions" of the deployment
 * guardrails; "Update endpoints that use automatic scaling" of the developer guide.
 *
 * @throws EndpointControlError
 */
export function checkUpdate(check: UpdateCheck): void {
  const { endpointName, status, from, to, request, scaled } = check;
  const reject = (why: string): never => {
    throw new EndpointControlError(`UpdateEndpoint of ${endpointName}: ${why}`);
  };
  if (status !== "InService") reject(`the endpoint is ${status}`);
  if (to.configurationName === from.configurationName) reject(`it already runs ${to.configurationName}`);

  const newTypes = new Map(to.variants.map(({ name, instanceType }) => [name, instanceType]));
  for (const { name, instanceType } of from.variants) {
    if (!scaled.includes(name)) continue;
    if (!newTypes.has(name)) reject(`variant ${name} is a scalable target and cannot be removed`);
    if (newTypes.get(name) !== instanceType) {
      reject(`variant ${name} is a scalable target; its instance type cannot change`);
    }
  }
  if (request.deployment) checkGuardrails(check, request.deployment, reject);
}

function checkGuardrails(
  { from, to, request, live }: UpdateCheck,
  deployment: Readonly<Record<string, unknown>>,
  reject: (why: string) => never,
): void {
  const names = ({ variants }: LocalConfiguration) =>
    variants
      .map(({ name }) => name)
      .sort()
      .join(", ");
  if (names(from) !== names(to))
    reject(`the variants are ${names(from)}, the new configuration has ${names(to)}`);
  if (deployment.RollingUpdatePolicy !== undefined && to.variants.length > 1) {
    reject("rolling updates exclude endpoints with several variants");
  }
  const policy = deployment.BlueGreenUpdatePolicy as { TrafficRoutingConfiguration?: Routing } | undefined;
  const { Type, CanarySize } = policy?.TrafficRoutingConfiguration ?? {};
  if (Type !== "CANARY" || CanarySize?.Type !== "INSTANCE_COUNT") return;
  for (const { name, initialInstanceCount } of to.variants) {
    const retained = request.retainAllVariantProperties ? live.get(name)?.instanceCount : undefined;
    const count = retained ?? initialInstanceCount;
    if (CanarySize.Value > count / 2) {
      reject(
        `a canary of ${CanarySize.Value} is more than half of the ${count} instances of variant ${name}`,
      );
    }
  }
}
