import type { ResourceRule } from "../../../kit";
import { HTTP_STAGE, METHOD_SETTINGS } from "./rest-apis";

const PREFIX = { [METHOD_SETTINGS]: "settings", [HTTP_STAGE]: "defaultRouteSettings" };
const LIMITS = ["throttlingRateLimit", "throttlingBurstLimit"];

export const apiThrottled: ResourceRule = {
  id: "api-throttled",
  title: "APIs limit how often they are called",
  severity: "medium",
  rationale:
    "Without a limit one app in a loop takes the account's 10,000 requests a second from all others.",
  controls: ["APIGWDefaultThrottling"],
  inspects: Object.fromEntries(
    Object.entries(PREFIX).map(([type, prefix]) => [type, LIMITS.map((limit) => `${prefix}.${limit}`)]),
  ),
  remedy: "Set throttlingRateLimit and throttlingBurstLimit.",
  check: (resource) => {
    const paths = LIMITS.map((limit) => `${PREFIX[resource.type as keyof typeof PREFIX]}.${limit}`);
    const open = paths.filter((path) => (resource.at(path).read<number>(0) ?? 1) <= 0);
    if (open.length > 0) resource.fail(`calls are not limited by ${open.join(", ")}`, open[0]);
  },
};
