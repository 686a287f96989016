import assert from "node:assert/strict";
import { createRequire } from "node:module";
import type analyzerMessages from "@pulumi/pulumi/proto/analyzer_pb";
import { isStackRule, namesOfType, Session, toPolicies, type Rule } from "../../../policies/kit";
import { decodeResource, decodeStackResource } from "../../../policies/kit/wire";
import { securityPack } from "../../../policies/security/pack";
import type { AnalyzedResource } from "../../../preview/policies/analyzed-resource";
import { analyzeRequest, stackRequest } from "../../../preview/policies/pack-client";
import { ruleCases } from "../security/breakages/all";
import { platform } from "../security/platform/platform";
import { analyzed, withUnknownSiblings } from "../support/fixture";

type Rpc = (
  call: { request: unknown },
  done: (error: Error | null, response?: analyzerMessages.AnalyzeResponse) => void,
) => unknown;
type Policies = ReturnType<typeof toPolicies>;

const sdk = createRequire(__filename)("@pulumi/policy/server") as Record<
  "makeAnalyzeRpcFun" | "makeAnalyzeStackRpcFun",
  (name: string, version: string, level: string, policies: Policies) => Rpc
>;

const INPUTS = { exemptions: [], today: "2026-11-23" };

async function throughSdk(rule: Rule, resources: readonly AnalyzedResource[]): Promise<string[]> {
  const policies = toPolicies({ ...securityPack, rules: [{ ...rule, optIn: false }] }, INPUTS);
  const single = sdk.makeAnalyzeRpcFun("pack", "1.0.0", "advisory", policies);
  const stack = sdk.makeAnalyzeStackRpcFun("pack", "1.0.0", "advisory", policies);
  const responses = await Promise.all([
    ...resources.map((resource) => answer(single, analyzeRequest(resource))),
    answer(stack, stackRequest(resources)),
  ]);
  return responses
    .flatMap((response) => response.getDiagnosticsList())
    .map((diagnostic) => diagnostic.getMessage())
    .filter((message) => !message.startsWith("DEFERRED"))
    .sort();
}

function throughKit(rule: Rule, resources: readonly AnalyzedResource[]): string[] {
  const session = new Session({ rules: [{ ...rule, optIn: false }], settings: {}, ...INPUTS });
  const single = resources.flatMap((r) => session.checkResource(decodeResource(analyzeRequest(r))));
  const stack = session.checkStack(stackRequest(resources).getResourcesList().map(decodeStackResource));
  return [...single, ...stack]
    .filter(({ outcome }) => outcome !== "deferred")
    .map(({ message }) => `${rule.title}\n${message}`)
    .sort();
}

function answer(rpc: Rpc, request: unknown): Promise<analyzerMessages.AnalyzeResponse> {
  return new Promise((resolve, reject) => {
    void rpc({ request }, (error, response) =>
      error || !response ? reject(error ?? new Error("no response")) : resolve(response),
    );
  });
}

describe("rules as policies of the SDK", () => {
  const whole = analyzed(platform);

  it("say the same as through the kit's own analysis, for a mistake of every rule, in previews too", async () => {
    const different: string[] = [];
    for (const rule of securityPack.rules) {
      const types = [...Object.keys(rule.inspects), ...(ruleCases[rule.id]?.with ?? [])];
      const resources = types.includes("*")
        ? whole.slice(0, 20)
        : whole.filter(({ type }) => types.includes(type));
      const broken = ruleCases[rule.id]?.breakages[0]?.apply(resources)?.resources ?? resources;
      for (const shown of [broken, withUnknownSiblings(broken, rule.inspects)]) {
        const viaSdk = await throughSdk(rule, shown);
        const viaKit = throughKit(rule, shown);
        if (JSON.stringify(viaSdk) !== JSON.stringify(viaKit)) different.push(rule.id);
      }
    }

    assert.deepEqual(different, []);
  });

  it("keep the SDK's fast path when they are about one type", () => {
    const untyped = toPolicies(securityPack, INPUTS).filter((policy, i) => {
      const rule = securityPack.rules[i];
      const [only, ...others] = Object.keys(rule?.inspects ?? {});
      const single =
        rule !== undefined &&
        !isStackRule(rule) &&
        only !== "*" &&
        others.length === 0 &&
        namesOfType(only ?? "").length === 1;
      const validate =
        "validateResource" in policy ? (policy.validateResource as { __pulumiType?: string }) : {};
      return single && validate.__pulumiType !== only;
    });

    assert.deepEqual(
      untyped.map(({ name }) => name),
      [],
    );
  });
});
