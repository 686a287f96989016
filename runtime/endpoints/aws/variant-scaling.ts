import {
  DeregisterScalableTargetCommand,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
  PutScalingPolicyCommand,
  RegisterScalableTargetCommand,
  type ApplicationAutoScalingClient,
  type PutScalingPolicyCommandInput,
  type ScalingPolicy,
} from "@aws-sdk/client-application-auto-scaling";
import type { ReleasedScaling } from "../endpoint-control";

const DIMENSION = {
  ServiceNamespace: "sagemaker",
  ScalableDimension: "sagemaker:variant:DesiredInstanceCount",
} as const;

/** Application Auto Scaling of an endpoint's variants, taken off for an update and put back as it was. */
export class AwsVariantScaling {
  constructor(private readonly client: ApplicationAutoScalingClient) {}

  async release(endpointName: string, variantNames: readonly string[]): Promise<ReleasedScaling[]> {
    const released: ReleasedScaling[] = [];
    for (const variantName of variantNames) {
      const ResourceId = resourceId(endpointName, variantName);
      const { ScalableTargets } = await this.client.send(
        new DescribeScalableTargetsCommand({ ...DIMENSION, ResourceIds: [ResourceId] }),
      );
      const target = ScalableTargets?.[0];
      if (!target) continue;
      const { ScalingPolicies } = await this.client.send(
        new DescribeScalingPoliciesCommand({ ...DIMENSION, ResourceId }),
      );
      // Deregistering deletes the policies with the target.
      await this.client.send(new DeregisterScalableTargetCommand({ ...DIMENSION, ResourceId }));
      released.push({
        variantName,
        minInstances: target.MinCapacity ?? 1,
        maxInstances: target.MaxCapacity ?? 1,
        policies: (ScalingPolicies ?? []).map(asInput),
      });
    }
    return released;
  }

  async restore(endpointName: string, released: readonly ReleasedScaling[]): Promise<void> {
    for (const { variantName, minInstances, maxInstances, policies } of released) {
      const ResourceId = resourceId(endpointName, variantName);
      await this.client.send(
        new RegisterScalableTargetCommand({
          ...DIMENSION,
          ResourceId,
          MinCapacity: minInstances,
          MaxCapacity: maxInstances,
        }),
      );
      for (const policy of policies) {
        await this.client.send(
          new PutScalingPolicyCommand(policy as unknown as PutScalingPolicyCommandInput),
        );
      }
    }
  }
}

function resourceId(endpointName: string, variantName: string): string {
  return `endpoint/${endpointName}/variant/${variantName}`;
}

/** Of a described policy, what PutScalingPolicy takes: not its ARN, alarms and time. */
function asInput(policy: ScalingPolicy): Readonly<Record<string, unknown>> {
  const { PolicyName, PolicyType, ResourceId, StepScalingPolicyConfiguration } = policy;
  const { TargetTrackingScalingPolicyConfiguration } = policy;
  return {
    ...DIMENSION,
    PolicyName,
    PolicyType,
    ResourceId,
    ...(StepScalingPolicyConfiguration ? { StepScalingPolicyConfiguration } : {}),
    ...(TargetTrackingScalingPolicyConfiguration ? { TargetTrackingScalingPolicyConfiguration } : {}),
  };
}
