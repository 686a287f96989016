import type { Conditions, Statement } from "../../components/policy-document";
import { costTags, type Context } from "../context";
import { anySagemakerArns } from "./arns";
import { passRoles } from "./grants";

/** Tags that say whose a model or a configuration is; a rollout copies them, and the clean-up goes by them. */
const OWNER_TAGS = ["Environment", "Project"] as const;

/**
 * Making models and configurations with another version of the model: where the configuration names its archive, which only
 * serverless endpoints do. Copies have generated names and, from their creation on, the tags of what they copy.
 */
export function copyModels(context: Context): Statement[] {
  const { settings } = context;
  return [
    {
      Sid: "CopyModels",
      Effect: "Allow",
      Action: "sagemaker:CreateModel",
      Resource: anySagemakerArns(context, "model"),
      Condition: tagged("aws:RequestTag", context),
    },
    {
      Sid: "CopyServerlessConfigurations",
      Effect: "Allow",
      Action: "sagemaker:CreateEndpointConfig",
      Resource: anySagemakerArns(context, "endpoint-config"),
      // A variant of instances has neither key, and is therefore none that this role can make.
      Condition: {
        ...tagged("aws:RequestTag", context),
        NumericLessThanEquals: {
          "sagemaker:ServerlessMaxConcurrency": String(settings.serverlessMaxConcurrency),
          "sagemaker:ServerlessMemorySize": String(settings.serverlessMemoryMb),
        },
      },
    },
    {
      // While they are made, and not on what others have made: the clean-up would take it for ours.
      Sid: "TagCopies",
      Effect: "Allow",
      Action: "sagemaker:AddTags",
      Resource: anySagemakerArns(context, "endpoint-config", "model"),
      Condition: {
        StringEquals: { "sagemaker:TaggingAction": ["CreateEndpointConfig", "CreateModel"] },
      },
    },
    {
      Sid: "DescribeModels",
      Effect: "Allow",
      Action: "sagemaker:DescribeModel",
      Resource: anySagemakerArns(context, "model"),
    },
    passRoles(context, "sagemaker.amazonaws.com", "inference"),
  ];
}

/** Finding what no endpoint of the account uses any more, and deleting of it what the tags say is ours. */
export function cleanUpHosting(context: Context): Statement[] {
  return [
    {
      Sid: "ListHosting",
      Effect: "Allow",
      Action: ["sagemaker:ListEndpointConfigs", "sagemaker:ListEndpoints", "sagemaker:ListModels"],
      // Lists go over the account: these actions have no resource.
      Resource: "*",
    },
    {
      // Of every endpoint: a configuration that one of them runs must stay, whoever's it is.
      Sid: "DescribeEndpoints",
      Effect: "Allow",
      Action: "sagemaker:DescribeEndpoint",
      Resource: anySagemakerArns(context, "endpoint"),
    },
    {
      Sid: "ReadTags",
      Effect: "Allow",
      Action: "sagemaker:ListTags",
      Resource: anySagemakerArns(context, "endpoint-config", "model"),
    },
    ...Object.entries({ EndpointConfig: "endpoint-config", Model: "model" }).map(
      ([kind, type]): Statement => ({
        Sid: `DeleteOwn${kind}s`,
        Effect: "Allow",
        Action: `sagemaker:Delete${kind}`,
        Resource: anySagemakerArns(context, type),
        Condition: tagged("aws:ResourceTag", context),
      }),
    ),
  ];
}

function tagged(key: "aws:RequestTag" | "aws:ResourceTag", { settings }: Context): Conditions {
  const tags = costTags(settings);
  return { StringEquals: Object.fromEntries(OWNER_TAGS.map((tag) => [`${key}/${tag}`, tags[tag] ?? ""])) };
}
