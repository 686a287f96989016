import { InvokeEndpointCommand, type SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import type { Category } from "../../../contracts/categories";
import { modelKey } from "../../../contracts/model-artifact";
import type { Invocation, ModelAnswer, ModelEndpoint } from "../model-endpoint";

/**
 * `forecast`: one multi-model endpoint with two variants, each request names the model and the variant. Otherwise one
 * serverless endpoint a category, which has one model and no variants.
 */
export type EndpointNames = { readonly forecast: string } | Readonly<Record<Category, string>>;

/** InvokeEndpoint as the built-in XGBoost container takes it. */
export class SageMakerEndpoint implements ModelEndpoint {
  public constructor(
    private readonly client: SageMakerRuntimeClient,
    private readonly names: EndpointNames,
  ) {}

  public async invoke(invocation: Invocation, signal: AbortSignal): Promise<ModelAnswer> {
    const { category, variant, version, csv, inferenceId } = invocation;
    const target =
      "forecast" in this.names
        ? {
            EndpointName: this.names.forecast,
            TargetModel: modelKey(category, version),
            TargetVariant: variant,
          }
        : { EndpointName: this.names[category] };
    const { Body, ContentType } = await this.client.send(
      new InvokeEndpointCommand({
        ...target,
        ContentType: "text/csv",
        Accept: "text/csv",
        InferenceId: inferenceId,
        Body: csv,
      }),
      { abortSignal: signal },
    );
    return { text: Buffer.from(Body ?? []).toString("utf8"), contentType: ContentType ?? "text/csv" };
  }
}
