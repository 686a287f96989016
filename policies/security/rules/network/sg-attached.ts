import { propertyTexts, type StackCheck, type StackRule } from "../../../kit";
import { SECURITY_GROUP } from "./security-group-rules";

export const sgAttached: StackRule = {
  id: "sg-attached",
  title: "Every security group is used",
  severity: "low",
  rationale: "An unused group waits to be attached by mistake.",
  controls: ["CKV2_AWS_5", "EC2.22"],
  inspects: { [SECURITY_GROUP]: [] },
  remedy: "Remove the group, or attach it.",
  checkStack: (stack) => {
    const used = usedUrns(stack);
    for (const group of stack.ofType(SECURITY_GROUP)) {
      if (used.has(group.urn) || used.has(String(group.at("id").known ?? group.urn))) continue;
      group.fail("nothing uses the group");
    }
  },
};

/** URNs and ids that any property of any resource but a rule of a group comes from. */
function usedUrns(stack: StackCheck): Set<string> {
  const used = new Set<string>();
  for (const resource of stack.resources) {
    if (/SecurityGroup(Ingress|Egress)?Rule$/.test(resource.type)) continue;
    for (const urns of Object.values(resource.raw.propertyDependencies ?? {})) {
      for (const urn of urns) used.add(urn);
    }
    if (resource.type === SECURITY_GROUP) continue;
    for (const text of propertyTexts(resource.raw).values())
      for (const id of text.match(/\bsg-[0-9A-Za-z-]+/g) ?? []) used.add(id);
  }
  return used;
}
