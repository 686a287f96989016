import type { ResourceRule } from "../../../kit";
import { ROLE } from "./identity-policies";

export const iamBoundaryRequired: ResourceRule = {
  id: "iam-boundary-required",
  title: "Roles have a permissions boundary",
  severity: "medium",
  rationale:
    "A boundary caps what a mistaken policy can give. Off by default: many organisations cap with service control policies.",
  controls: [],
  inspects: { [ROLE]: ["permissionsBoundary"] },
  remedy: "Set permissionsBoundary to the organisation's boundary policy.",
  optIn: true,
  check: (role) => role.present("permissionsBoundary", "nothing caps the role's rights"),
};
