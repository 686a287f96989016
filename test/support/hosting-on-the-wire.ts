import type { RecordedResource, Recording } from "../../preview/recorded-resource";
import type { AwsCall } from "./aws-wire";

type Variant = Readonly<Record<string, unknown>> & { readonly variantName: string };

const SAGEMAKER = "arn:aws:sagemaker:ap-northeast-1:123456789012";
/** Ends of generated names: what runs, what should run, what nobody runs any more. */
const RUNNING = "0000001";
const DESIRED = "0000002";
const FORGOTTEN = "0000003";

/** The other side of the wire for a plan's endpoints: all of them run an older configuration than they should. */
export class HostingOnTheWire {
  private readonly running = new Map<string, string>();

  constructor(private readonly recording: Recording) {}

  answer({ operation, input }: AwsCall): [number, unknown] {
    const text = (key: string) => String(input[key]);
    switch (operation) {
      case "GetParameter":
        return [200, { Parameter: { Value: this.parameter(text("Name")) } }];
      case "DescribeEndpoint":
        return [
          200,
          { EndpointStatus: "InService", EndpointConfigName: this.runningOf(text("EndpointName")) },
        ];
      case "UpdateEndpoint":
        this.running.set(text("EndpointName"), text("EndpointConfigName"));
        return [200, {}];
      case "DescribeEndpointConfig":
        return [200, this.configuration(text("EndpointConfigName"))];
      case "DescribeModel":
        return [200, this.model(text("ModelName"))];
      case "ListEndpoints":
        return [200, { Endpoints: this.of("endpoint").map(({ inputs }) => ({ EndpointName: inputs.name })) }];
      case "ListEndpointConfigs":
        return [
          200,
          { EndpointConfigs: this.hosted("endpointConfiguration", "EndpointConfig", "endpoint-config") },
        ];
      case "ListModels":
        return [200, { Models: this.hosted("model", "Model", "model") }];
      case "ListTags":
        return [200, { Tags: this.tags() }];
      case "DescribeScalableTargets":
        return [200, { ScalableTargets: [{ MinCapacity: 1, MaxCapacity: 4 }] }];
      case "DescribeScalingPolicies":
        return [
          200,
          { ScalingPolicies: [{ PolicyName: "a", PolicyType: "TargetTrackingScaling", ...input }] },
        ];
      default:
        return [200, {}];
    }
  }

  private of(kind: string): RecordedResource[] {
    return this.recording.resources.filter(({ type }) => type.startsWith(`aws:sagemaker/${kind}:`));
  }

  private parameter(name: string): string {
    const planned = this.recording.resources.find(
      ({ type, inputs }) => type === "aws:ssm/parameter:Parameter" && inputs.name === name,
    );
    if (!name.endsWith("/desired")) return "20261004-0a1b2c3d";
    const value = JSON.parse(String(planned?.inputs.insecureValue)) as Record<string, unknown>;
    return JSON.stringify({
      ...value,
      EndpointConfigName: `${this.configurationBeside(planned)}-${DESIRED}`,
    });
  }

  private runningOf(endpointName: string): string {
    const endpoint = this.of("endpoint").find(({ inputs }) => inputs.name === endpointName);
    return this.running.get(endpointName) ?? `${this.configurationBeside(endpoint)}-${RUNNING}`;
  }

  private configurationBeside(sibling: RecordedResource | undefined): string {
    return this.of("endpointConfiguration").find(({ parent }) => parent === sibling?.parent)?.name ?? "";
  }

  /** What runs has other instances than what should run: its scaling must be let go. */
  private configuration(name: string) {
    const planned = this.of("endpointConfiguration").find((one) => name.startsWith(`${one.name}-`));
    const variants = (planned?.inputs.productionVariants ?? []) as unknown as readonly Variant[];
    return {
      EndpointConfigName: name,
      EndpointConfigArn: `${SAGEMAKER}:endpoint-config/${name}`,
      ProductionVariants: variants.map(({ variantName, serverlessConfig }, i) => ({
        VariantName: variantName,
        ModelName: `${this.modelsBeside(planned)[i]?.name ?? ""}-${name.slice(-7)}`,
        ...(serverlessConfig === undefined
          ? { InstanceType: name.endsWith(RUNNING) ? "ml.m5.xlarge" : "ml.m5.large" }
          : { ServerlessConfig: inCapitals(serverlessConfig as object) }),
      })),
    };
  }

  private modelsBeside(configuration: RecordedResource | undefined): RecordedResource[] {
    const owner = this.recording.resources.find(({ urn }) => urn === configuration?.parent)?.parent;
    return this.of("model").filter(({ parent }) => parent === owner);
  }

  private model(name: string) {
    const { inputs } = this.of("model").find((one) => name.startsWith(`${one.name}-`)) as RecordedResource;
    const { image, modelDataUrl } = inputs.primaryContainer as Record<string, unknown>;
    return {
      ModelName: name,
      ModelArn: `${SAGEMAKER}:model/${name}`,
      ExecutionRoleArn: inputs.executionRoleArn,
      PrimaryContainer: { Image: image, ModelDataUrl: modelDataUrl },
    };
  }

  private hosted(kind: string, field: string, type: string) {
    return this.of(kind).flatMap(({ name }) =>
      [DESIRED, FORGOTTEN].map((end) => ({
        [`${field}Name`]: `${name}-${end}`,
        [`${field}Arn`]: `${SAGEMAKER}:${type}/${name}-${end}`,
        CreationTime: 1_790_000_000,
      })),
    );
  }

  private tags() {
    const tags = this.of("model")[0]?.inputs.tags as unknown as Readonly<Record<string, string>>;
    return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  }
}

/** `memorySizeInMb` as SageMaker writes it: MemorySizeInMB. */
function inCapitals(config: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key.replace(/^./, (first) => first.toUpperCase()).replace(/Mb$/, "MB"),
      value,
    ]),
  );
}
