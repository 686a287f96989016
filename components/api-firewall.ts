import * as pulumi from "@pulumi/pulumi";
import * as wafv2 from "@pulumi/aws/wafv2";

interface ApiFirewallArgs {
  /** Physical name, at most 128 characters. */
  readonly firewallName: string;
  /** Requests of one address in five minutes above which it is turned away; 10 to 2,000,000,000. */
  readonly requestsPerFiveMinutes: number;
}

/** Rule groups of AWS that fit an API of JSON: in order of priority. */
const MANAGED_GROUPS = [
  "AWSManagedRulesAmazonIpReputationList",
  "AWSManagedRulesKnownBadInputsRuleSet",
] as const;

/**
 * The firewall of a regional API: floods of one address, addresses with a reputation, inputs that only attacks send. AWS's
 * common rule set is not among them: it limits bodies to 8 KB, and a confirmed order is larger.
 */
export class ApiFirewall extends pulumi.ComponentResource {
  public readonly arn: pulumi.Output<string>;

  constructor(name: string, args: ApiFirewallArgs, opts?: pulumi.ComponentResourceOptions) {
    super("smartretail:api:ApiFirewall", name, args, opts);
    const flood = {
      name: "floods",
      priority: 0,
      action: { block: {} },
      statement: { rateBasedStatement: { aggregateKeyType: "IP", limit: args.requestsPerFiveMinutes } },
      visibilityConfig: visible("floods"),
    };
    const managed = MANAGED_GROUPS.map((group, i) => ({
      name: group,
      priority: i + 1,
      overrideAction: { none: {} },
      statement: { managedRuleGroupStatement: { vendorName: "AWS", name: group } },
      visibilityConfig: visible(group),
    }));
    const { arn } = new wafv2.WebAcl(
      `${name}-acl`,
      {
        name: args.firewallName,
        description: "In front of the regional API",
        scope: "REGIONAL",
        defaultAction: { allow: {} },
        rules: [flood, ...managed],
        visibilityConfig: visible(args.firewallName),
      },
      { parent: this },
    );
    this.arn = arn;
    this.registerOutputs({ arn });
  }
}

/** Samples show requests with their headers, signatures included. */
function visible(metricName: string) {
  return { cloudwatchMetricsEnabled: true, metricName, sampledRequestsEnabled: false };
}
