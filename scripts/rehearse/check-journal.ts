import { livingAfter, type ProviderCall } from "../../preview/rehearsal/provider-journal";

/** What the engine's state says of a resource (`pulumi stack export`), as far as a rehearsal asks. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom?: boolean;
  readonly parent?: string;
  readonly dependencies?: readonly string[];
  readonly retainOnDelete?: boolean;
}

const isAws = ({ type, custom }: StateResource) => custom === true && type.startsWith("aws:");

/** Resources that were made before one that they depend on, or never. */
export function creationProblems(state: readonly StateResource[], calls: readonly ProviderCall[]): string[] {
  const created = placesOf(calls, "create");
  return state.filter(isAws).flatMap(({ urn, dependencies = [] }) => {
    const at = created.get(urn);
    if (at === undefined) return [`${urn} is in the state and was never created`];
    return dependencies
      .filter((dependency) => (created.get(dependency) ?? -1) > at)
      .map((dependency) => `${urn} was created before ${dependency}`);
  });
}

/** Resources that were deleted while one that depends on them was there, and what is left. */
export function deletionProblems(state: readonly StateResource[], calls: readonly ProviderCall[]): string[] {
  const deleted = placesOf(calls, "delete");
  const early = state.filter(isAws).flatMap(({ urn, dependencies = [] }) => {
    const at = deleted.get(urn) ?? Infinity;
    return dependencies
      .filter((dependency) => (deleted.get(dependency) ?? Infinity) < at)
      .map((dependency) => `${dependency} was deleted before ${urn}`);
  });
  const retained = new Set(state.filter(({ retainOnDelete }) => retainOnDelete).map(({ urn }) => urn));
  const left = [...livingAfter(calls)]
    .filter(([, urn]) => !retained.has(urn))
    .map(([place]) => `${place} is left`);
  return [...early, ...left];
}

/**
 * URNs of what was there and was made anew by these calls. Its deletion is no sign: the program retains what an endpoint may
 * still run on, and the engine asks nobody to delete that.
 */
export function replacedIn(state: readonly StateResource[], calls: readonly ProviderCall[]): string[] {
  const created = placesOf(calls, "create");
  return [...new Set(state.map(({ urn }) => urn))].filter((urn) => created.has(urn)).sort();
}

/** The last call of this kind, by URN. */
function placesOf(calls: readonly ProviderCall[], operation: ProviderCall["operation"]): Map<string, number> {
  return new Map(calls.flatMap((call, i) => (call.operation === operation ? [[call.urn, i] as const] : [])));
}
