import type { Settings } from "./settings-schema";

/** What every slice needs to know of where it is deployed. All plain values: names and ARNs are known in a preview. */
export interface Context {
  readonly settings: Settings;
  /** 12 digits. */
  readonly accountId: string;
  readonly region: string;
  /** `smartretail-<environment>`: the start of every physical name. */
  readonly prefix: string;
}

/** What an ARN of the platform is made of. */
export type ArnScope = Pick<Context, "accountId" | "region" | "prefix">;

/** Every physical name starts with it. */
export function namePrefix(settings: Pick<Settings, "environment">): string {
  return `smartretail-${settings.environment}`;
}

/** Tags of every resource; the budget and the cost reports filter by them. */
export function costTags(settings: Settings): Record<string, string> {
  return {
    CostCenter: settings.costCenter,
    Environment: settings.environment,
    ManagedBy: "pulumi",
    Owner: settings.owner,
    Project: "smartretail",
  };
}
