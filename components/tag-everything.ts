import * as pulumi from "@pulumi/pulumi";

/**
 * Adds `tags` to every taggable resource of the stack; a resource's own tags win.
 *
 * A resource is taggable when its class knows `tagsAll`, so a new resource type needs no list here. Children of remote
 * components (awsx) are made by their provider: give those components their tags as an argument.
 */
export function tagEverything(tags: Readonly<Record<string, string>>): void {
  pulumi.runtime.registerStackTransformation(({ props, opts }) => {
    const inputs = props as Record<string, unknown>;
    if (!("tagsAll" in inputs)) return undefined;
    const own = inputs.tags as pulumi.Input<Record<string, string>> | undefined;
    const merged =
      own === undefined ? { ...tags } : pulumi.output(own).apply((given) => ({ ...tags, ...given }));
    return { props: { ...inputs, tags: merged }, opts };
  });
}
