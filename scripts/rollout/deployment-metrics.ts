import { PutMetricDataCommand, type CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import {
  DEPLOYMENT_METRICS,
  DEPLOYMENT_NAMESPACE,
  deploymentDimensions,
  type DeploymentMetricName,
} from "../../contracts/metrics";

const ENDPOINTS_BEHIND: DeploymentMetricName = "EndpointsBehind";

export interface DeploymentMetrics {
  publishEndpointsBehind(environment: string, count: number): Promise<void>;
}

/** What a look at the deployment found, for CloudWatch. Zero is published too: no data means that nobody looked. */
export class AwsDeploymentMetrics implements DeploymentMetrics {
  constructor(private readonly client: CloudWatchClient) {}

  async publishEndpointsBehind(environment: string, count: number): Promise<void> {
    await this.client.send(
      new PutMetricDataCommand({
        Namespace: DEPLOYMENT_NAMESPACE,
        MetricData: [
          {
            MetricName: ENDPOINTS_BEHIND,
            Dimensions: Object.entries(deploymentDimensions(environment)).map(([Name, Value]) => ({
              Name,
              Value,
            })),
            Unit: DEPLOYMENT_METRICS[ENDPOINTS_BEHIND].unit,
            Value: count,
          },
        ],
      }),
    );
  }
}
