/** A model or an endpoint configuration. */
export interface Hosted {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: Date;
}

/** Models and endpoint configurations of the whole account, and who uses them. */
export interface HostingInventory {
  /** What any endpoint of the account runs, or is on its way to. */
  usedConfigurations(): Promise<string[]>;
  configurations(): Promise<Hosted[]>;
  models(): Promise<Hosted[]>;
  /** Models of a configuration; none where it is gone. */
  modelsOf(configurationName: string): Promise<string[]>;
  tagsOf(arn: string): Promise<Readonly<Record<string, string>>>;
  /** Done as well when it is gone already. */
  deleteConfiguration(name: string): Promise<void>;
  deleteModel(name: string): Promise<void>;
}
