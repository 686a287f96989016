import type { ResourceRule } from "../../../kit";
import { foreignGrants, openGrants } from "../../open-grants";

const POLICY = "aws:cloudwatch/eventBusPolicy:EventBusPolicy";
const PERMISSION = "aws:cloudwatch/eventPermission:EventPermission";

export const ebBusClosed: ResourceRule = {
  id: "eb-bus-closed",
  title: "Event buses accept events from known accounts only",
  severity: "high",
  rationale: "A forged event starts the pipelines that real ones start.",
  anchors: ["EventBridge.3", "EventBusOpenAccess"],
  guards: { [POLICY]: ["policy"], [PERMISSION]: ["principal", "condition"] },
  remedy: "Name the accounts, or limit the statement with aws:PrincipalOrgID.",
  options: {
    trustedAccounts: {
      type: "array",
      items: { type: "string" },
      description:
        "Account ids that may be named. Empty: every named account is accepted, only wildcards are refused.",
      default: [],
    },
  },
  check: (bus) => {
    const trusted = bus.option<string[]>("trustedAccounts");
    const document = bus.type === POLICY ? bus.policy("policy") : undefined;
    for (const statement of document ? openGrants(document) : []) statement.fail("lets everybody put events");
    for (const { statement, account } of document ? foreignGrants(document, trusted) : []) {
      statement.fail(`names account ${account}, which is not trusted`, account);
    }
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
