import assert from "node:assert/strict";
import { ApiFirewall } from "../../components/api-firewall";
import { find, record } from "../support/record";

interface Rule {
  readonly name: string;
  readonly priority: number;
  readonly statement: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly visibilityConfig: { readonly sampledRequestsEnabled: boolean };
}

describe("ApiFirewall", () => {
  it("turns away floods first, then what AWS's lists know, and lets the rest through", async () => {
    const recording = await record(
      () => void new ApiFirewall("api", { firewallName: "shop-api", requestsPerFiveMinutes: 3000 }),
    );

    const { inputs } = find(recording, "aws:wafv2/webAcl:WebAcl");
    const rules = inputs.rules as unknown as readonly Rule[];
    assert.deepEqual(
      rules.map(({ name, priority }) => [name, priority]),
      [
        ["floods", 0],
        ["AWSManagedRulesAmazonIpReputationList", 1],
        ["AWSManagedRulesKnownBadInputsRuleSet", 2],
      ],
    );
    assert.equal(rules[0]?.statement.rateBasedStatement?.limit, 3000);
    assert.deepEqual([inputs.scope, inputs.defaultAction], ["REGIONAL", { allow: {} }]);
    assert.ok(rules.every(({ visibilityConfig }) => !visibilityConfig.sampledRequestsEnabled));
  });
});
