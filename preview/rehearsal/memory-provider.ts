import type * as pulumi from "@pulumi/pulumi";
import { providerStubs } from "../provider-stubs/provider-stubs";
import { RESOURCE_STUBS } from "../provider-stubs/resource-stubs";
import replacements from "../replacements.json";
import type { Registration } from "../sdk/registration";
import type { ProviderJournal } from "./provider-journal";
import { changedPaths } from "./changed-paths";

type Values = Readonly<Record<string, unknown>>;

/** In the state, what the provider was given: the next diff compares with it. */
const INPUTS = "__inputs";

/** Properties of a physical name replace in every type; of others the table knows what the real provider answered. */
const REPLACING: Readonly<Record<string, readonly string[] | undefined>> = replacements.replacing;

/** SageMaker can change neither, only their tags; the table was asked of what holds data alone. */
const UNCHANGEABLE = new Set([
  "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
  "aws:sagemaker/model:Model",
]);

/** What is random behind a generated name. */
const GENERATED_END = /[0-9a-f]{7}$/;

/** As the engine writes a type into a URN: the last of the chain of parents. */
function typeOf(urn: string): string {
  return (urn.split("::")[2] ?? "").split("$").at(-1) ?? "";
}

/**
 * The AWS provider's part in a rehearsal: the answers of the planner's stubs, from an account that exists in a journal only.
 * It is stricter than a stub: what is there already cannot be made again, and what is not there cannot be changed.
 */
export class MemoryProvider implements pulumi.provider.Provider {
  private readonly stubs;

  public constructor(
    region: string,
    private readonly journal: ProviderJournal,
    public readonly version: string,
  ) {
    this.stubs = providerStubs(region);
  }

  /**
   * Fills in the physical name where the program gives none; an update keeps the one that there is. A replacement is asked
   * for without what was there, and gets a name that nothing has.
   */
  public check(urn: string, olds: Values, news: Values): Promise<pulumi.provider.CheckResult> {
    const auto = this.stubs.autoName(registrationOf(urn, news));
    const [property] = Object.keys(auto);
    if (property === undefined) return Promise.resolve({ inputs: news });
    const name = olds[property] ?? this.freeName(urn, news, property, auto[property] ?? "");
    return Promise.resolve({ inputs: { ...news, [property]: name } });
  }

  private freeName(urn: string, news: Values, property: string, first: string): string {
    const isTaken = (name: string) => {
      const { id } = this.stubs.create(registrationOf(urn, { ...news, [property]: name }));
      return this.journal.isLiving(typeOf(urn), id);
    };
    let name = first;
    for (let i = 1; isTaken(name); i += 1)
      name = first.replace(GENERATED_END, i.toString(16).padStart(7, "0"));
    return name;
  }

  public diff(_id: string, urn: string, olds: Values, news: Values): Promise<pulumi.provider.DiffResult> {
    const before = (olds[INPUTS] ?? {}) as Values;
    const type = typeOf(urn);
    const changed = changedPaths(before, news);
    const name = RESOURCE_STUBS[type]?.named;
    const replacing = [...(REPLACING[type] ?? []), ...(name === undefined ? [] : [name])];
    const replaces = changed.filter((path) =>
      UNCHANGEABLE.has(type)
        ? !/^tags/.test(path)
        : replacing.some((one) => path === one || path.startsWith(`${one}.`) || one.startsWith(`${path}.`)),
    );
    // As the real one: the name that the program gives is taken until the old one is gone.
    const isNamed =
      name !== undefined &&
      news[name] !== undefined &&
      news[name] === before[name] &&
      !this.isGenerated(urn, news, name);
    return Promise.resolve({
      changes: changed.length > 0,
      replaces: [...new Set(replaces.map((path) => path.split(".")[0] ?? path))],
      deleteBeforeReplace: replaces.length > 0 && isNamed,
    });
  }

  public create(urn: string, inputs: Values): Promise<pulumi.provider.CreateResult> {
    const { id, computed } = this.stubs.create(registrationOf(urn, inputs));
    const type = typeOf(urn);
    if (this.journal.isLiving(type, id)) throw new Error(`${type} ${id} exists already`);
    this.journal.write({ operation: "create", urn, type, id });
    return Promise.resolve({ id, outs: { ...inputs, ...computed, [INPUTS]: inputs } });
  }

  public read(id: string, urn: string, props: Values = {}): Promise<pulumi.provider.ReadResult> {
    const type = typeOf(urn);
    this.journal.write({ operation: "read", urn, type, id });
    // No id: the engine takes it out of its state.
    if (!this.journal.isLiving(type, id)) return Promise.resolve({ id: "", props: {} });
    return Promise.resolve({ id, props, inputs: props[INPUTS] });
  }

  public update(id: string, urn: string, olds: Values, news: Values): Promise<pulumi.provider.UpdateResult> {
    const type = typeOf(urn);
    this.mustLive(type, id);
    this.journal.write({ operation: "update", urn, type, id });
    return Promise.resolve({ outs: { ...olds, ...news, [INPUTS]: news } });
  }

  public delete(id: string, urn: string): Promise<void> {
    const type = typeOf(urn);
    this.mustLive(type, id);
    this.journal.write({ operation: "delete", urn, type, id });
    return Promise.resolve();
  }

  public invoke(token: string, args: Record<string, unknown>): Promise<pulumi.provider.InvokeResult> {
    const outputs = this.stubs.invoke(token, args);
    if (outputs === undefined)
      throw new Error(`nobody answers the provider function ${token} in a rehearsal`);
    return Promise.resolve({ outputs });
  }

  private isGenerated(urn: string, values: Values, property: string): boolean {
    const unnamed = Object.fromEntries(Object.entries(values).filter(([key]) => key !== property));
    const generated = this.stubs.autoName(registrationOf(urn, unnamed))[property] ?? "";
    const name = String(values[property]);
    return (
      GENERATED_END.test(name) && name.replace(GENERATED_END, "") === generated.replace(GENERATED_END, "")
    );
  }

  private mustLive(type: string, id: string): void {
    if (!this.journal.isLiving(type, id)) throw new Error(`${type} ${id} does not exist`);
  }
}

function registrationOf(urn: string, wireInputs: Values): Registration {
  const name = urn.split("::").slice(3).join("::");
  return {
    urn,
    type: typeOf(urn),
    name,
    custom: true,
    remote: false,
    wireInputs,
    provider: "",
    preview: false,
  };
}
