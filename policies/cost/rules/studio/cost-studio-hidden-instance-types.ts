import type { ResourceRule, Value } from "../../../kit";
import { DOMAIN, USER_PROFILE } from "../tokens";

const HIDDEN = "studioWebPortalSettings.hiddenInstanceTypes";
const PATHS: Readonly<Record<string, string>> = {
  [DOMAIN]: `defaultUserSettings.${HIDDEN}`,
  [USER_PROFILE]: `userSettings.${HIDDEN}`,
};

export const costStudioHiddenInstanceTypes: ResourceRule = {
  id: "cost-studio-hidden-instance-types",
  title: "Studio does not offer accelerated instances",
  severity: "low",
  rationale: "The default type is a start; what the menu offers is what somebody picks on a slow afternoon.",
  remedy: "List the types in studioWebPortalSettings.hiddenInstanceTypes.",
  controls: [],
  inspects: Object.fromEntries(Object.entries(PATHS).map(([type, path]) => [type, [path]])),
  options: {
    hidden: {
      type: "array",
      items: { type: "string" },
      description: "Instance types that Studio must hide.",
      default: [
        "ml.g4dn.xlarge",
        "ml.g5.xlarge",
        "ml.g6.xlarge",
        "ml.p3.2xlarge",
        "ml.p4d.24xlarge",
        "ml.p5.48xlarge",
      ],
    },
  },
  check: (resource) => {
    const list = resource.at(PATHS[resource.type] ?? "");
    // A profile without a list of its own inherits the domain's.
    if (resource.type === USER_PROFILE && list.presence === "unset") return;
    if (list.presence === "unset") return list.fail("Studio offers every instance type");
    requireHidden(list, resource.option<string[]>("hidden"));
  },
};

function requireHidden(list: Value, unapproved: readonly string[]): void {
  const items = list.items();
  const types = items.map((item) => item.read<string>());
  if (list.presence === "unknown" || types.includes(undefined)) return;
  const offered = unapproved.filter((type) => !types.includes(type));
  if (offered.length > 0) list.fail(`Studio offers ${offered.join(", ")}`);
}
