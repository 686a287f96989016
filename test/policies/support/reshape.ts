import type { Breakage } from "./breakage";

/** The same mistake in a document that is an object instead of text. */
export function asObject(mistake: Breakage, property: string): Breakage {
  return {
    ...mistake,
    apply: (resources) => {
      const broken = mistake.apply(resources);
      const target = broken?.resources.find(({ urn }) => broken.changed.includes(urn));
      if (!broken || !target) return undefined;
      const document = JSON.parse(String(target.inputs[property])) as unknown;
      const opened = {
        ...target,
        inputs: { ...target.inputs, [property]: document },
        outputs: { ...target.outputs, [property]: document },
      };
      return { ...broken, resources: broken.resources.map((one) => (one === target ? opened : one)) };
    },
  };
}

/** All properties of the first resource of a type, made anew. */
export function edit(
  type: string,
  what: string,
  update: (properties: Readonly<Record<string, unknown>>) => Record<string, unknown>,
): Breakage {
  return {
    what,
    type,
    path: "",
    apply: (resources) => {
      const target = resources.find((resource) => resource.type === type);
      if (!target) return undefined;
      const kept = (properties: Readonly<Record<string, unknown>>): Record<string, unknown> =>
        Object.fromEntries(Object.entries(update(properties)).filter(([, value]) => value !== undefined));
      const broken = { ...target, inputs: kept(target.inputs), outputs: kept(target.outputs) };
      return { resources: resources.map((one) => (one === target ? broken : one)), changed: [target.urn] };
    },
  };
}
