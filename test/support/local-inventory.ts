import type { Hosted, HostingInventory } from "../../runtime/endpoints/hosting-inventory";

export interface LocalHosted extends Hosted {
  readonly tags: Readonly<Record<string, string>>;
  /** Of a configuration: its models. */
  readonly models?: readonly string[];
}

/** Models and configurations in memory, as SageMaker keeps them: it deletes what is in use without a word. */
export class LocalInventory implements HostingInventory {
  private readonly kept = {
    configurations: new Map<string, LocalHosted>(),
    models: new Map<string, LocalHosted>(),
  };
  /** Endpoint -> what it runs, and what it is on its way to. */
  private readonly endpoints = new Map<string, readonly string[]>();

  addConfiguration(configuration: LocalHosted): void {
    this.kept.configurations.set(configuration.name, configuration);
  }

  addModel(model: LocalHosted): void {
    this.kept.models.set(model.name, model);
  }

  run(endpointName: string, ...configurationNames: readonly string[]): void {
    this.endpoints.set(endpointName, configurationNames);
  }

  usedConfigurations(): Promise<string[]> {
    return Promise.resolve([...this.endpoints.values()].flat());
  }

  configurations(): Promise<Hosted[]> {
    return Promise.resolve([...this.kept.configurations.values()]);
  }

  models(): Promise<Hosted[]> {
    return Promise.resolve([...this.kept.models.values()]);
  }

  modelsOf(configurationName: string): Promise<string[]> {
    return Promise.resolve([...(this.kept.configurations.get(configurationName)?.models ?? [])]);
  }

  tagsOf(arn: string): Promise<Readonly<Record<string, string>>> {
    const all = [...this.kept.configurations.values(), ...this.kept.models.values()];
    return Promise.resolve(all.find((thing) => thing.arn === arn)?.tags ?? {});
  }

  deleteConfiguration(name: string): Promise<void> {
    this.kept.configurations.delete(name);
    return Promise.resolve();
  }

  deleteModel(name: string): Promise<void> {
    this.kept.models.delete(name);
    return Promise.resolve();
  }
}
