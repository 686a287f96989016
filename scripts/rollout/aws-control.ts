import type { EndpointControl } from "../../runtime/endpoints/endpoint-control";
import type { HostingInventory } from "../../runtime/endpoints/hosting-inventory";
import type { DeploymentMetrics } from "./deployment-metrics";

/** The live account of the caller's credentials. The SDK is loaded here and not before: a simulation needs none of it. */
export async function awsControl(region: string): Promise<EndpointControl> {
  const [{ SageMakerClient }, { SSMClient }, { ApplicationAutoScalingClient }, { AwsEndpointControl }] =
    await Promise.all([
      import("@aws-sdk/client-sagemaker"),
      import("@aws-sdk/client-ssm"),
      import("@aws-sdk/client-application-auto-scaling"),
      import("../../runtime/endpoints/aws/endpoint-control.js"),
    ]);
  return new AwsEndpointControl({
    sagemaker: new SageMakerClient({ region }),
    ssm: new SSMClient({ region }),
    scaling: new ApplicationAutoScalingClient({ region }),
  });
}

/** Many calls in a row: throttled ones are tried again, slower. */
export async function awsInventory(region: string): Promise<HostingInventory> {
  const [{ SageMakerClient }, { AwsHostingInventory }] = await Promise.all([
    import("@aws-sdk/client-sagemaker"),
    import("../../runtime/endpoints/aws/hosting-inventory.js"),
  ]);
  return new AwsHostingInventory(new SageMakerClient({ region, retryMode: "adaptive", maxAttempts: 8 }));
}

export async function awsMetrics(region: string): Promise<DeploymentMetrics> {
  const [{ CloudWatchClient }, { AwsDeploymentMetrics }] = await Promise.all([
    import("@aws-sdk/client-cloudwatch"),
    import("./deployment-metrics.js"),
  ]);
  return new AwsDeploymentMetrics(new CloudWatchClient({ region }));
}
