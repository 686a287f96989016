import type * as pulumi from "@pulumi/pulumi";

/** What every user and every shared space of a domain gets. */
export interface StudioAppArgs {
  /** Instance types that users may choose; the first is the default. */
  readonly instanceTypes: readonly string[];
  /** Minutes without activity after which an app stops: 60 to 525600. */
  readonly idleTimeoutMinutes: number;
  /** Disk of a new space, in GB. @default 10 */
  readonly defaultVolumeGb?: number;
  /** Largest disk a user may choose, in GB. @default 50 */
  readonly maximumVolumeGb?: number;
  /** Lifecycle configuration that every JupyterLab app runs when it starts. @default none */
  readonly jupyterLifecycleArn?: pulumi.Input<string>;
}

/** Instance types that Studio knows (AppInstanceType of the SageMaker API, 2026-11), by family. */
const STUDIO_INSTANCE_TYPES: Readonly<Record<string, string>> = {
  t3: "medium large xlarge 2xlarge",
  m5: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge",
  m5d: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge",
  c5: "large xlarge 2xlarge 4xlarge 9xlarge 12xlarge 18xlarge 24xlarge",
  r5: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge",
  p3: "2xlarge 8xlarge 16xlarge",
  p3dn: "24xlarge",
  p4d: "24xlarge",
  p4de: "24xlarge",
  p5: "48xlarge",
  g4dn: "xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge",
  g5: "xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge",
  g6: "xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge",
  m6i: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge",
  m7i: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge",
  c6i: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge",
  c7i: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge",
  r6i: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge",
  r7i: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge",
};

/** Apps nobody needs here: Canvas bills by the session, the others are of Studio Classic or RStudio. */
const HIDDEN_APP_TYPES = [
  "Canvas",
  "DetailedProfiler",
  "JupyterServer",
  "KernelGateway",
  "RSessionGateway",
  "RStudioServerPro",
  "TensorBoard",
];

/** Tools that start something billable on their own, or that the isolated network has no endpoint for. */
const HIDDEN_ML_TOOLS = [
  "AutoMl",
  "DataWrangler",
  "EmrClusters",
  "InferenceRecommender",
  "JumpStart",
  "Projects",
];

const IDLE_TIMEOUT_MINUTES = { min: 60, max: 525_600 };

/** @throws Error naming the value that SageMaker would reject */
export function validateStudioApps({ instanceTypes, idleTimeoutMinutes, ...volumes }: StudioAppArgs): void {
  const { min, max } = IDLE_TIMEOUT_MINUTES;
  if (!Number.isInteger(idleTimeoutMinutes) || idleTimeoutMinutes < min || idleTimeoutMinutes > max) {
    throw new Error(`idleTimeoutMinutes is ${idleTimeoutMinutes}; allowed: an integer from ${min} to ${max}`);
  }
  const known = new Set(allInstanceTypes());
  const unknown = instanceTypes.find((type) => !known.has(type));
  if (unknown !== undefined || instanceTypes.length === 0) {
    throw new Error(
      `instanceTypes has ${unknown ?? "no entry"}; allowed: instance types of Studio such as ml.t3.medium`,
    );
  }
  const { defaultVolumeGb, maximumVolumeGb } = volumeSizes(volumes);
  if (defaultVolumeGb < 5 || maximumVolumeGb > 16_384 || defaultVolumeGb > maximumVolumeGb) {
    throw new Error(
      `defaultVolumeGb is ${defaultVolumeGb} and maximumVolumeGb ${maximumVolumeGb}; allowed: 5 to 16384, the default at most the maximum`,
    );
  }
}

function volumeSizes({ defaultVolumeGb = 10, maximumVolumeGb = 50 }: Partial<StudioAppArgs>) {
  return { defaultVolumeGb, maximumVolumeGb };
}

function allInstanceTypes(): string[] {
  return Object.entries(STUDIO_INSTANCE_TYPES).flatMap(([family, sizes]) =>
    sizes.split(" ").map((size) => `ml.${family}.${size}`),
  );
}

/** Everything that Studio offers and the environment does not. Hiding is for convenience; the roles' permissions forbid. */
export function hiddenInstanceTypes(offered: readonly string[]): string[] {
  return allInstanceTypes().filter((type) => !offered.includes(type));
}

/** Users cannot set the idle time themselves: minimum and maximum are the same. */
function idleShutdown(minutes: number) {
  return {
    idleSettings: {
      lifecycleManagement: "ENABLED",
      idleTimeoutInMinutes: minutes,
      minIdleTimeoutInMinutes: minutes,
      maxIdleTimeoutInMinutes: minutes,
    },
  };
}

/** One app's settings: idle shutdown and the default instance type. */
export function studioApp({ instanceTypes, idleTimeoutMinutes }: StudioAppArgs) {
  return {
    appLifecycleManagement: idleShutdown(idleTimeoutMinutes),
    defaultResourceSpec: { instanceType: instanceTypes[0] },
  };
}

export function spaceStorage(args: StudioAppArgs) {
  const { defaultVolumeGb, maximumVolumeGb } = volumeSizes(args);
  return {
    defaultEbsStorageSettings: {
      defaultEbsVolumeSizeInGb: defaultVolumeGb,
      maximumEbsVolumeSizeInGb: maximumVolumeGb,
    },
  };
}

/** JupyterLab's settings: as any app's, and what it runs when it starts. */
function jupyterLabApp(args: StudioAppArgs) {
  const app = studioApp(args);
  const { jupyterLifecycleArn } = args;
  if (jupyterLifecycleArn === undefined) return app;
  return {
    ...app,
    defaultResourceSpec: { ...app.defaultResourceSpec, lifecycleConfigArn: jupyterLifecycleArn },
    lifecycleConfigArns: [jupyterLifecycleArn],
  };
}

/** Settings of a user, for the domain's default and for a profile alike: what a profile leaves out, the domain fills in. */
export function userSettings(args: StudioAppArgs) {
  return {
    autoMountHomeEfs: "Disabled",
    studioWebPortal: "ENABLED",
    defaultLandingUri: "studio::",
    studioWebPortalSettings: {
      hiddenAppTypes: HIDDEN_APP_TYPES,
      hiddenInstanceTypes: hiddenInstanceTypes(args.instanceTypes),
      hiddenMlTools: HIDDEN_ML_TOOLS,
    },
    // Outputs of notebooks would land in a bucket that everyone of the domain can read.
    sharingSettings: { notebookOutputOption: "Disabled" },
    jupyterLabAppSettings: jupyterLabApp(args),
    codeEditorAppSettings: studioApp(args),
    canvasAppSettings: {
      directDeploySettings: { status: "DISABLED" },
      kendraSettings: { status: "DISABLED" },
      modelRegisterSettings: { status: "DISABLED" },
      timeSeriesForecastingSettings: { status: "DISABLED" },
    },
    spaceStorageSettings: spaceStorage(args),
  };
}
