import type { Preset } from "../kit";

/** Figures and lists of this platform: its instance types, sizes, budget, price table, tags and names. */
const DECISIONS = `
  cost-budget cost-monthly-estimate cost-estimate-complete cost-estimate-regression cost-tags cost-job-tags
  cost-endpoint-instance-types cost-job-instance-types cost-studio-instance-types cost-monitoring-instance-types
  cost-endpoint-count cost-endpoint-instance-count cost-studio-hidden-instance-types cost-hourly-servers-forbidden
  cost-bucket-lifecycle cost-bucket-expiration cost-bucket-tiering cost-log-groups-managed cost-api-quota
`;

const words = (text: string): string[] => text.trim().split(/\s+/);

/** Right nearly everywhere; what costs a little more is no reason to stop an update. */
const ADVICE = `
  cost-nat-gateways cost-gateway-endpoints cost-function-limits cost-log-retention-maximum
  cost-bucket-noncurrent-expiry cost-repository-lifecycle
`;

/** The preset for the programs of others: what is set otherwise than on this platform. */
export const GENERAL: Preset = {
  ...Object.fromEntries(words(DECISIONS).map((id) => [id, "disabled"])),
  ...Object.fromEntries(words(ADVICE).map((id) => [id, { enforcementLevel: "advisory" }])),
  "cost-gateway-endpoints": { enforcementLevel: "advisory", services: ["s3"] },
  "cost-tags": { enforcementLevel: "disabled", reportMissing: true },
  // One is the fewest that gives a private network a way out.
  "cost-nat-gateways": { enforcementLevel: "advisory", maximum: 1 },
  "cost-function-limits": {
    enforcementLevel: "advisory",
    explicit: false,
    maximumMemoryMb: 3008,
    maximumSeconds: 900,
    maximumStorageMb: 10240,
  },
};
