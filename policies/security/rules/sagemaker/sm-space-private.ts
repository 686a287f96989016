import type { ResourceRule } from "../../../kit";

export const smSpacePrivate: ResourceRule = {
  id: "sm-space-private",
  title: "Studio spaces are private",
  severity: "low",
  rationale: "A shared space runs with one role for everybody who opens it.",
  controls: [],
  inspects: { "aws:sagemaker/space:Space": ["spaceSharingSettings.sharingType"] },
  remedy: 'Set spaceSharingSettings.sharingType to "Private".',
  check: (space) =>
    space.require<string>("spaceSharingSettings.sharingType", (v) => v === "Private", "the space is shared"),
};
