/** Polls that a deletion takes before the thing is gone. */
const LEAVING_POLLS = 2;

interface Leaving {
  /** Polls until it is gone; undefined while nobody has deleted it. */
  leavingPolls?: number;
  /** Its deletion fails after those polls, instead of being done. */
  isStuck?: boolean;
}

export interface FakeApp extends Leaving {
  readonly DomainId: string;
  readonly SpaceName?: string;
  readonly UserProfileName?: string;
  readonly AppType: string;
  readonly AppName: string;
  readonly ResourceSpec?: { readonly InstanceType: string };
}

interface FakeFileSystem extends Leaving {
  readonly id: string;
  readonly domainArn: string;
  readonly kmsKeyId: string;
  readonly bytes: number;
}

export interface FakeObject {
  readonly key: string;
  readonly versionId: string;
  readonly bytes: number;
  readonly isMarker?: boolean;
}

export interface AccountState {
  accountId: string;
  endpoints: Map<string, Leaving & { readonly configuration: string }>;
  configurations: Map<string, { readonly model: string; readonly instanceType?: string }>;
  models: Set<string>;
  /** ARN -> tags; of hosting things, log groups and keys. */
  tags: Map<string, Readonly<Record<string, string>>>;
  scalingTargets: Set<string>;
  /** Id -> name. */
  domains: Map<string, string>;
  apps: FakeApp[];
  spaces: Map<string, Leaving & { readonly domainId: string }>;
  featureGroups: Map<string, Leaving>;
  /** Name -> location. */
  tables: Map<string, string>;
  /** Group -> versions. */
  modelPackages: Map<string, Set<number>>;
  buckets: Map<string, FakeObject[]>;
  uploads: Map<string, Set<string>>;
  images: Map<string, Set<string>>;
  logGroups: Map<string, number>;
  fileSystems: Map<string, FakeFileSystem>;
  mountTargets: Map<string, Leaving & { readonly fileSystemId: string }>;
  /** Id -> name, network and the groups that its rules name. */
  securityGroups: Map<string, { readonly name: string; readonly vpcId: string; rules: string[] }>;
  /** Networks whose tags are the environment's. */
  ourVpcs: Set<string>;
  executions: Map<string, Leaving & { readonly machine: string }>;
  trainingJobs: Map<string, Leaving>;
  processingJobs: Map<string, Leaving>;
  transformJobs: Map<string, Leaving>;
  tuningJobs: Map<string, Leaving>;
}

export function emptyState(): AccountState {
  return {
    accountId: "123456789012",
    endpoints: new Map(),
    configurations: new Map(),
    models: new Set(),
    tags: new Map(),
    scalingTargets: new Set(),
    domains: new Map(),
    apps: [],
    spaces: new Map(),
    featureGroups: new Map(),
    tables: new Map(),
    modelPackages: new Map(),
    buckets: new Map(),
    uploads: new Map(),
    images: new Map(),
    logGroups: new Map(),
    fileSystems: new Map(),
    mountTargets: new Map(),
    securityGroups: new Map(),
    ourVpcs: new Set(),
    executions: new Map(),
    trainingJobs: new Map(),
    processingJobs: new Map(),
    transformJobs: new Map(),
    tuningJobs: new Map(),
  };
}

export function leave(thing: Leaving): void {
  if (thing.leavingPolls === undefined || thing.leavingPolls <= 0) thing.leavingPolls = LEAVING_POLLS;
}

/** One poll later. */
export function tick(state: AccountState): void {
  const maps: Map<string, Leaving>[] = [
    state.endpoints,
    state.spaces,
    state.featureGroups,
    state.fileSystems,
    state.mountTargets,
    state.executions,
    state.trainingJobs,
    state.processingJobs,
    state.transformJobs,
    state.tuningJobs,
  ];
  for (const map of maps) {
    for (const [name, thing] of map) if (isOver(thing)) map.delete(name);
  }
  state.apps = state.apps.filter((app) => !isOver(app));
}

function isOver(thing: Leaving): boolean {
  if (thing.leavingPolls === undefined) return false;
  thing.leavingPolls -= 1;
  return thing.leavingPolls <= 0 && thing.isStuck !== true;
}

/** Two of `items`, and the token of the next two. */
export function page<T>(items: readonly T[], token: unknown): { items: readonly T[]; next?: string } {
  const from = typeof token === "string" && token !== "" ? Number(token) : 0;
  const next = from + 2;
  return { items: items.slice(from, next), ...(next < items.length ? { next: String(next) } : {}) };
}
