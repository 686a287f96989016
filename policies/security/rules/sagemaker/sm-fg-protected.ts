import type { ResourceRule } from "../../../kit";

export const smFgProtected: ResourceRule = {
  id: "sm-fg-protected",
  title: "Feature groups cannot be replaced, only versioned",
  severity: "high",
  rationale:
    "A changed feature list replaces the group, and the online records are gone with the old one. A new version beside it keeps them.",
  controls: [],
  inspects: { "aws:sagemaker/featureGroup:FeatureGroup": ["featureGroupName", "opts.protect"] },
  remedy: "Set protect: true, and add a group with the next version in its name for a new schema.",
  options: {
    requireProtect: {
      type: "boolean",
      description:
        "Whether the group must carry protect: true, with which the engine rejects its replacement.",
      default: true,
    },
    versionPattern: {
      type: "string",
      description:
        "Regular expression that the group's name must match, so that two versions can live side by side.",
      default: "[-_]v\\d+$",
    },
  },
  check: (group) => {
    if (group.option<boolean>("requireProtect") && !group.resourceOptions.protect) {
      group.fail(
        "a changed feature list would replace the group and drop its records (protect is off)",
        "opts.protect",
      );
    }
    const version = new RegExp(group.option<string>("versionPattern"));
    group.require<string>("featureGroupName", (v) => version.test(v), "the name carries no version");
  },
};
