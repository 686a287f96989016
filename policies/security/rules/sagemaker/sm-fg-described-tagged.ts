import type { ResourceRule } from "../../../kit";

export const smFgDescribedTagged: ResourceRule = {
  id: "sm-fg-described-tagged",
  title: "Feature groups have a description and tags",
  severity: "low",
  rationale: "A feature that nobody can explain is used wrongly or built again.",
  controls: [],
  inspects: { "aws:sagemaker/featureGroup:FeatureGroup": ["description", "tags"] },
  remedy: "Say in description what one record is and how fresh it is, and tag the group.",
  check: (group) => {
    group.present("description", "nobody knows what the group holds");
    group.present("tags", "the group belongs to nobody");
  },
};
