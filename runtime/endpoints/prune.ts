import type { Hosted, HostingInventory } from "./hosting-inventory";

export interface PruneScope {
  /** Names that the program gives; what exists has a generated end, and a version after it. */
  readonly configurationNames: readonly string[];
  readonly modelNames: readonly string[];
  /** Tags without which a thing is not ours, whatever its name. */
  readonly tags: Readonly<Record<string, string>>;
  /** Configurations that the parameters name: they and their copies with another version stay. */
  readonly desired: readonly string[];
  /** How many unused ones of a name stay for going back. */
  readonly keep: number;
}

export interface PrunePlan {
  readonly configurations: readonly string[];
  readonly models: readonly string[];
}

/**
 * What a rollout has left behind: configurations that no endpoint runs or moves to and no parameter names, and models that
 * no remaining configuration of the account has. The newest `keep` of each name stay.
 */
export async function planPrune(inventory: HostingInventory, scope: PruneScope): Promise<PrunePlan> {
  const all = await inventory.configurations();
  const inUse = new Set(await inventory.usedConfigurations());
  const isDesired = ({ name }: Hosted) =>
    scope.desired.some((desired) => name === desired || name.startsWith(`${desired}-`));
  const unused = all.filter((configuration) => !inUse.has(configuration.name) && !isDesired(configuration));
  const configurations = await oursBeyond(inventory, unused, scope.configurationNames, scope);

  const needed = new Set<string>();
  for (const { name } of all) {
    if (configurations.includes(name)) continue;
    for (const model of await inventory.modelsOf(name)) needed.add(model);
  }
  const idle = (await inventory.models()).filter(({ name }) => !needed.has(name));
  return { configurations, models: await oursBeyond(inventory, idle, scope.modelNames, scope) };
}

/**
 * Configurations first: a run that is stopped in between leaves models that the next one finds. Looks again at what runs
 * before each configuration: SageMaker deletes one under a live endpoint without a word.
 */
export async function prune(
  inventory: HostingInventory,
  { configurations, models }: PrunePlan,
): Promise<PrunePlan> {
  const deleted: string[] = [];
  const spared = new Set<string>();
  for (const name of configurations) {
    if ((await inventory.usedConfigurations()).includes(name)) {
      for (const model of await inventory.modelsOf(name)) spared.add(model);
      continue;
    }
    await inventory.deleteConfiguration(name);
    deleted.push(name);
  }
  const idle = models.filter((name) => !spared.has(name));
  for (const name of idle) await inventory.deleteModel(name);
  return { configurations: deleted, models: idle };
}

async function oursBeyond(
  inventory: HostingInventory,
  things: readonly Hosted[],
  names: readonly string[],
  { tags, keep }: PruneScope,
): Promise<string[]> {
  const beyond: string[] = [];
  for (const given of names) {
    const ours: Hosted[] = [];
    for (const thing of things.filter(({ name }) => isGeneratedFrom(name, given))) {
      const has = await inventory.tagsOf(thing.arn);
      if (Object.entries(tags).every(([key, value]) => has[key] === value)) ours.push(thing);
    }
    ours.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
    beyond.push(...ours.slice(keep).map(({ name }) => name));
  }
  return beyond;
}

/** Whether `name` is what became of a name that the program gives. */
export function isGeneratedFrom(name: string, given: string): boolean {
  return name.startsWith(`${given}-`) && GENERATED_END.test(name.slice(given.length));
}

/** Pulumi's seven random digits, and what a rollout adds for another version of the model. */
const GENERATED_END = /^-[0-9a-f]{7}(-[a-z0-9-]+)?$/;
