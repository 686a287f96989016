import { add, change, put, type Breakage } from "../support/breakage";

export const BUCKET = "aws:s3/bucket:Bucket";
export const BUDGET = "aws:budgets/budget:Budget";
export const CONFIGURATION = "aws:sagemaker/endpointConfiguration:EndpointConfiguration";
export const DOMAIN = "aws:sagemaker/domain:Domain";
export const ENCRYPTION =
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
export const ENDPOINT = "aws:sagemaker/endpoint:Endpoint";
export const FEATURE_GROUP = "aws:sagemaker/featureGroup:FeatureGroup";
export const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
export const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
export const PROFILE = "aws:sagemaker/userProfile:UserProfile";
export const SCALING_POLICY = "aws:appautoscaling/policy:Policy";
export const TARGET = "aws:appautoscaling/target:Target";
export const VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";
export const VPC_ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
export const REPOSITORY_LIFECYCLE = "aws:ecr/lifecyclePolicy:LifecyclePolicy";

export const WARM_CONTAINERS = "sagemaker:variant:DesiredProvisionedConcurrency";
export const VARIANT = "productionVariants[0]";
export const SHADOW = "shadowProductionVariants[0]";
export const JUPYTER = "jupyterLabAppSettings";
export const EDITOR = "codeEditorAppSettings";
export const HIDDEN = "studioWebPortalSettings.hiddenInstanceTypes";
export const IDLE = "appLifecycleManagement.idleSettings";
export const EBS = "spaceStorageSettings.defaultEbsStorageSettings";

export type Fields = Record<string, unknown>;

export const several = (type: string, count: number): Breakage => {
  const additions = Array.from({ length: count }, (_, i) =>
    add({ type, name: `extra-${i}`, properties: { tags: TAGS } }),
  );
  return {
    what: `${count} more ${type}`,
    type,
    path: "",
    apply: (resources) =>
      additions.reduce<ReturnType<Breakage["apply"]>>((broken, addition) => {
        const next = addition.apply(broken?.resources ?? resources);
        return next && { resources: next.resources, changed: [...(broken?.changed ?? []), ...next.changed] };
      }, undefined),
  };
};
export const TAGS = {
  CostCenter: "retail-ml",
  Environment: "prod",
  Owner: "ml-platform",
  Project: "smartretail",
};
export const bad = (type: string, properties: Fields): Breakage =>
  add({ type, name: "bad", properties: { tags: TAGS, ...properties } });
/** A second one of what the plan has one of. */
export const duplicate = (type: string): Breakage => ({
  what: `a second ${type}`,
  type,
  path: "",
  apply: (resources) => {
    const original = resources.find((resource) => resource.type === type);
    if (!original) return undefined;
    const copy = { ...original, urn: `${original.urn}-copy`, name: `${original.name}-copy` };
    return { resources: [...resources, copy], changed: [copy.urn] };
  },
});
export const without = (key: string) => (rule: Fields) =>
  Object.fromEntries(Object.entries(rule).filter(([name]) => name !== key));
export const inRules = (
  what: string,
  edit: (rule: Fields) => Fields,
  which: (name: string) => boolean = () => true,
) =>
  change(
    LIFECYCLE,
    "rules",
    (rules) => (rules as Fields[]).map((rule) => edit({ ...rule })),
    ({ name }) => which(name),
    what,
  );
export const alerts = (what: string, edit: (alert: Fields) => Fields | undefined) =>
  change(
    BUDGET,
    "notifications",
    (list) => (list as Fields[]).map((alert) => edit({ ...alert })).filter((alert) => alert !== undefined),
    () => true,
    what,
  );
export const ofKind = (kind: string, edit: (alert: Fields) => Fields | undefined) => (alert: Fields) =>
  alert.notificationType === kind ? edit(alert) : alert;
export const idleBreakages = (
  type: string,
  app: string,
  keys = ["lifecycleManagement", "idleTimeoutInMinutes", "maxIdleTimeoutInMinutes"],
) =>
  keys.map((key) => put(type, `${app}.${IDLE}.${key}`, key === "lifecycleManagement" ? "DISABLED" : 100_000));
export const instanceTypes = (value: string): Breakage[] => [
  put(CONFIGURATION, `${VARIANT}.instanceType`, value),
  put(CONFIGURATION, `${SHADOW}.instanceType`, value),
  ...["defaultUserSettings", "defaultSpaceSettings"].flatMap((owner) =>
    [JUPYTER, "kernelGatewayAppSettings", ...(owner === "defaultUserSettings" ? [EDITOR] : [])].map((app) =>
      put(DOMAIN, `${owner}.${app}.defaultResourceSpec.instanceType`, value),
    ),
  ),
  ...[JUPYTER, EDITOR, "kernelGatewayAppSettings"].map((app) =>
    put(PROFILE, `userSettings.${app}.defaultResourceSpec.instanceType`, value),
  ),
];
export const only = (type: string, list: readonly Breakage[]) => list.filter((one) => one.type === type);
export const legacyApps = (type: string, owner: string): Breakage[] => [
  ...["kernelGatewayAppSettings", "jupyterServerAppSettings", "rSessionAppSettings"].map((app) =>
    put(type, `${owner}.${app}`, { lifecycleConfigArns: [] }),
  ),
  put(type, `${owner}.canvasAppSettings.timeSeriesForecastingSettings.status`, "ENABLED"),
  put(type, `${owner}.canvasAppSettings.directDeploySettings.status`, "ENABLED"),
];
export const interfaceEndpoint = ({ inputs }: { inputs: Readonly<Fields> }) =>
  inputs.vpcEndpointType === "Interface";
export const gateway = (service: string) => (resource: { inputs: Readonly<Fields> }) =>
  resource.inputs.vpcEndpointType === "Gateway" && String(resource.inputs.serviceName).endsWith(service);

export function usesKms({ inputs }: { inputs: Readonly<Fields> }): boolean {
  return JSON.stringify(inputs.rules).includes("aws:kms");
}

/** A mistake that is one only after another change of the same resource. */
export function afterwards(first: Breakage, { what, type, path, apply }: Breakage): Breakage {
  return {
    what: `${first.what}, then ${what}`,
    type,
    path,
    apply: (resources) => {
      const changed = first.apply(resources);
      return changed && apply(changed.resources);
    },
  };
}
