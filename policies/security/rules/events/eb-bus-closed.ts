import type { ResourceRule } from "../../../kit";
import { requireKnownAccounts, TRUSTED_ACCOUNTS } from "../../known-accounts";

const POLICY = "aws:cloudwatch/eventBusPolicy:EventBusPolicy";
const PERMISSION = "aws:cloudwatch/eventPermission:EventPermission";

export const ebBusClosed: ResourceRule = {
  id: "eb-bus-closed",
  title: "Event buses accept events from known accounts only",
  severity: "high",
  rationale: "A forged event starts the pipelines that real ones start.",
  controls: ["EventBridge.3", "EventBusOpenAccess"],
  inspects: { [POLICY]: ["policy"], [PERMISSION]: ["principal", "condition"] },
  remedy: "Name the accounts, or limit the statement with aws:PrincipalOrgID.",
  options: { trustedAccounts: TRUSTED_ACCOUNTS },
  check: (bus) => {
    const trusted = bus.option<string[]>("trustedAccounts");
    const document = bus.type === POLICY ? bus.policy("policy") : undefined;
    if (document) requireKnownAccounts(document, trusted, "put events");
    if (bus.type !== PERMISSION) return;
    if (!bus.at("condition").isSet)
      bus.forbid<string>("principal", (v) => v === "*", "everybody may put events");
    bus.forbid<string>(
      "principal",
      (v) => v !== "*" && trusted.length > 0 && !trusted.includes(v),
      "the account is not trusted",
    );
  },
};
