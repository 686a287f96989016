import { AwsFault } from "./fake-wire";
import { leave, page, type AccountState, type FakeApp } from "./fake-state";

type Input = Readonly<Record<string, never>> & Record<string, unknown>;
type Operation = (state: AccountState, input: Input) => unknown;

const GONE = (what: string) => new AwsFault("ValidationException", `Could not find ${what}.`);
const ARN = (kind: string, name: string) => `arn:aws:sagemaker:ap-northeast-1:123456789012:${kind}/${name}`;
const CREATED = 1_790_000_000;

function listed<T>(items: readonly T[], input: Input, key: string, token = "NextToken"): unknown {
  const { items: shown, next } = page(items, input[token]);
  return { [key]: shown, ...(next === undefined ? {} : { [token]: next }) };
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw GONE(what);
  return value;
}

const text = (value: unknown) => String(value);

/** Listing and stopping of one kind of job; each kind is listed by its own name, two a page. */
function jobOperations(
  kind: string,
  of: "trainingJobs" | "processingJobs" | "transformJobs" | "tuningJobs",
): Record<string, Operation> {
  const status = (polls: number | undefined) => (polls === undefined ? "InProgress" : "Stopping");
  return {
    [`List${kind}s`]: (state, input) =>
      listed(
        [...state[of]]
          .filter(([name]) => name.includes(text(input["NameContains"])))
          .filter(([, { leavingPolls }]) => status(leavingPolls) === input["StatusEquals"])
          .map(([name]) => ({ [`${kind}Name`]: name })),
        input,
        `${kind}Summaries`,
      ),
    [`Stop${kind}`]: (state, input) => {
      leave(found(state[of].get(text(input[`${kind}Name`])), kind));
    },
  };
}

const SAGEMAKER: Record<string, Operation> = {
  ListEndpoints: (state, input) =>
    listed(
      [...state.endpoints.keys()].map((EndpointName) => ({ EndpointName })),
      input,
      "Endpoints",
    ),
  DescribeEndpoint: ({ endpoints }, { EndpointName }) => {
    const endpoint = found(endpoints.get(text(EndpointName)), `endpoint ${text(EndpointName)}`);
    const EndpointStatus = endpoint.leavingPolls === undefined ? "InService" : "Deleting";
    const ProductionVariants = [{ VariantName: "champion", CurrentInstanceCount: 2 }];
    return { EndpointName, EndpointStatus, EndpointConfigName: endpoint.configuration, ProductionVariants };
  },
  DeleteEndpoint: ({ endpoints }, { EndpointName }) => {
    leave(found(endpoints.get(text(EndpointName)), `endpoint ${text(EndpointName)}`));
  },
  ListEndpointConfigs: (state, input) =>
    listed(
      [...state.configurations.keys()].map((name) => ({
        EndpointConfigName: name,
        EndpointConfigArn: ARN("endpoint-config", name),
        CreationTime: CREATED,
      })),
      input,
      "EndpointConfigs",
    ),
  DescribeEndpointConfig: ({ configurations }, { EndpointConfigName }) => {
    const name = text(EndpointConfigName);
    const { model, instanceType } = found(configurations.get(name), `endpoint configuration ${name}`);
    const serving = instanceType === undefined ? {} : { InstanceType: instanceType, InitialInstanceCount: 1 };
    return { ProductionVariants: [{ VariantName: "champion", ModelName: model, ...serving }] };
  },
  DeleteEndpointConfig: ({ configurations }, { EndpointConfigName }) => {
    if (!configurations.delete(text(EndpointConfigName))) throw GONE("endpoint configuration");
  },
  ListModels: (state, input) =>
    listed(
      [...state.models].map((name) => ({
        ModelName: name,
        ModelArn: ARN("model", name),
        CreationTime: CREATED,
      })),
      input,
      "Models",
    ),
  DeleteModel: ({ models }, { ModelName }) => {
    if (!models.delete(text(ModelName))) throw GONE("model");
  },
  ListTags: ({ tags }, { ResourceArn }) => ({
    Tags: Object.entries(tags.get(text(ResourceArn)) ?? {}).map(([Key, Value]) => ({ Key, Value })),
  }),
  ListDomains: (state, input) =>
    listed(
      [...state.domains].map(([DomainId, DomainName]) => ({ DomainId, DomainName })),
      input,
      "Domains",
    ),
  DescribeDomain: ({ domains }, { DomainId }) => {
    const DomainName = domains.get(text(DomainId));
    if (DomainName === undefined) throw new AwsFault("ResourceNotFound", "Domain does not exist");
    return { DomainId, DomainName };
  },
  ListApps: (state, input) =>
    listed(
      state.apps
        .filter(({ DomainId }) => DomainId === input["DomainIdEquals"])
        .map(({ leavingPolls, ...app }) => ({
          ...app,
          Status: leavingPolls === undefined ? "InService" : "Deleting",
        })),
      input,
      "Apps",
    ),
  DeleteApp: (state, input) => {
    const isIt = (app: FakeApp) =>
      app.DomainId === input["DomainId"] &&
      app.AppName === input["AppName"] &&
      app.SpaceName === input["SpaceName"] &&
      app.UserProfileName === input["UserProfileName"];
    const app = state.apps.find(isIt);
    if (!app) throw new AwsFault("ResourceNotFound", "no such app");
    leave(app);
  },
  ListSpaces: (state, input) =>
    listed(
      [...state.spaces]
        .filter(([, { domainId }]) => domainId === input["DomainIdEquals"])
        .map(([SpaceName, { leavingPolls }]) => ({
          SpaceName,
          Status: leavingPolls === undefined ? "InService" : leavingPolls <= 0 ? "Delete_Failed" : "Deleting",
        })),
      input,
      "Spaces",
    ),
  DeleteSpace: ({ spaces, apps }, { SpaceName }) => {
    const space = spaces.get(text(SpaceName));
    if (!space) throw new AwsFault("ResourceNotFound", "no such space");
    if (apps.some((app) => app.SpaceName === SpaceName))
      throw new AwsFault("ResourceInUse", "the space has apps");
    leave(space);
  },
  DescribeFeatureGroup: ({ featureGroups }, { FeatureGroupName }) => {
    const group = featureGroups.get(text(FeatureGroupName));
    if (!group) throw new AwsFault("ResourceNotFound", "no such feature group");
    if (group.leavingPolls === undefined) return { FeatureGroupStatus: "Created" };
    if (group.leavingPolls > 0) return { FeatureGroupStatus: "Deleting" };
    return { FeatureGroupStatus: "DeleteFailed", FailureReason: "the key is disabled" };
  },
  DeleteFeatureGroup: ({ featureGroups }, { FeatureGroupName }) => {
    const group = featureGroups.get(text(FeatureGroupName));
    if (!group) throw new AwsFault("ResourceNotFound", "no such feature group");
    leave(group);
  },
  ListModelPackages: ({ modelPackages }, input) => {
    const group = text(input["ModelPackageGroupName"]);
    const versions = found(modelPackages.get(group), `model package group ${group}`);
    return listed(
      [...versions].map((version) => ({
        ModelPackageArn: ARN("model-package", `${group}/${version}`),
        ModelPackageVersion: version,
        ModelApprovalStatus: "Approved",
      })),
      input,
      "ModelPackageSummaryList",
    );
  },
  DeleteModelPackage: ({ modelPackages }, { ModelPackageName }) => {
    const [, group = "", version] = /model-package\/([^/]+)\/(\d+)$/.exec(text(ModelPackageName)) ?? [];
    if (modelPackages.get(group)?.delete(Number(version)) !== true) throw GONE("model package");
  },
  ...jobOperations("HyperParameterTuningJob", "tuningJobs"),
  ...jobOperations("TrainingJob", "trainingJobs"),
  ...jobOperations("ProcessingJob", "processingJobs"),
  ...jobOperations("TransformJob", "transformJobs"),
};

const OTHERS: Record<string, Record<string, Operation>> = {
  states: {
    ListStateMachines: (state, input) =>
      listed(
        [...new Set([...state.executions.values()].map(({ machine }) => machine))].map((name) => ({
          name,
          stateMachineArn: `arn:aws:states:ap-northeast-1:123456789012:stateMachine:${name}`,
        })),
        input,
        "stateMachines",
        "nextToken",
      ),
    ListExecutions: (state, input) =>
      listed(
        [...state.executions]
          .filter(([, { machine }]) => text(input["stateMachineArn"]).endsWith(`:${machine}`))
          .map(([name]) => ({ name, executionArn: name, startDate: CREATED })),
        input,
        "executions",
        "nextToken",
      ),
    StopExecution: ({ executions }, { executionArn }) => {
      const execution = executions.get(text(executionArn));
      if (!execution) throw new AwsFault("ExecutionDoesNotExist", "no such execution");
      leave(execution);
    },
  },
  "application-autoscaling": {
    DescribeScalableTargets: (state, input) =>
      listed(
        [...state.scalingTargets].map((ResourceId) => ({
          ServiceNamespace: "sagemaker",
          ResourceId,
          ScalableDimension: "sagemaker:variant:DesiredInstanceCount",
          MinCapacity: 1,
          MaxCapacity: 4,
        })),
        input,
        "ScalableTargets",
      ),
    DeregisterScalableTarget: ({ scalingTargets }, { ResourceId }) => {
      if (!scalingTargets.delete(text(ResourceId)))
        throw new AwsFault("ObjectNotFoundException", "no such target");
    },
  },
  glue: {
    GetTables: (state, input) =>
      listed(
        [...state.tables].map(([Name, Location]) => ({ Name, StorageDescriptor: { Location } })),
        input,
        "TableList",
      ),
    DeleteTable: ({ tables }, { Name }) => {
      if (!tables.delete(text(Name))) throw new AwsFault("EntityNotFoundException", "no such table");
    },
  },
  ecr: {
    DescribeImages: ({ images }, input) => {
      const repository = images.get(text(input["repositoryName"]));
      if (!repository) throw new AwsFault("RepositoryNotFoundException", "no such repository");
      const details = [...repository].map((imageDigest) => ({ imageDigest, imageSizeInBytes: 5e8 }));
      return listed(details, input, "imageDetails", "nextToken");
    },
    BatchDeleteImage: ({ images }, { repositoryName, imageIds }) => {
      const repository = images.get(text(repositoryName));
      for (const { imageDigest } of imageIds as unknown as { imageDigest: string }[])
        repository?.delete(imageDigest);
      return { imageIds, failures: [] };
    },
  },
  logs: {
    DescribeLogGroups: (state, input) =>
      listed(
        [...state.logGroups]
          .filter(([name]) => name.startsWith(text(input["logGroupNamePrefix"])))
          .map(([logGroupName, storedBytes]) => ({
            logGroupName,
            storedBytes,
            logGroupArn: `arn:aws:logs:ap-northeast-1:123456789012:log-group:${logGroupName}`,
          })),
        input,
        "logGroups",
        "nextToken",
      ),
    ListTagsForResource: ({ tags }, { resourceArn }) => ({ tags: tags.get(text(resourceArn)) ?? {} }),
    DeleteLogGroup: ({ logGroups }, { logGroupName }) => {
      if (!logGroups.delete(text(logGroupName)))
        throw new AwsFault("ResourceNotFoundException", "no such log group");
    },
  },
  kms: {
    ListResourceTags: ({ tags }, { KeyId }) => ({
      Tags: Object.entries(tags.get(text(KeyId)) ?? {}).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
    }),
  },
};

export function jsonAnswer(state: AccountState, service: string, operation: string, input: unknown): unknown {
  const operations = /sagemaker/.test(service) ? SAGEMAKER : OTHERS[service];
  const answer = operations?.[operation];
  if (answer === undefined) throw new Error(`the fake account knows no ${service}.${operation}`);
  return answer(state, input as Input) ?? {};
}
