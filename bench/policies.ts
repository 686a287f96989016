import { createRequire } from "node:module";
import { join } from "node:path";
import type { ResourceValidation } from "@pulumi/policy";
import type analyzerMessages from "@pulumi/pulumi/proto/analyzer_pb";
import { Session, toPolicies } from "../policies/kit";
import { decodeResource, decodeStackResource } from "../policies/kit/wire";
import { securityPack } from "../policies/security/pack";
import { planEnvironment } from "../preview/plan-environment";
import { analyzedResources, type AnalyzedResource } from "../preview/policies/analyzed-resource";
import { evaluatePack } from "../preview/policies/evaluate-pack";
import { analyzeRequest, stackRequest } from "../preview/policies/pack-client";
import { buildPackIfStale, packFolders } from "../scripts/build-policies";
import type { BenchReport } from "./report";
import { figuresOf, inTurns, timed } from "./support/in-turns";
import { took } from "./support/words";

/** As many as a mid-sized platform has. */
const RESOURCES = 300;
/** As many as a large one has: what a preview waits for. */
const MANY_RESOURCES = 2000;
/** Turns: the first one warms the compiler up. */
const RUNS = { full: 7, quick: 3 } as const;
const CONFIG = join(__dirname, "..", "policies", "config");

type Policies = ReturnType<typeof toPolicies>;
type Rpc = (call: { request: unknown }, done: (error: Error | null) => void) => unknown;

/** The handlers of the SDK's own server, which the kit's replace in our packs. */
const sdk = createRequire(__filename)("@pulumi/policy/server") as Record<
  "makeAnalyzeRpcFun" | "makeAnalyzeStackRpcFun",
  (name: string, version: string, level: string, policies: Policies) => Rpc
>;

interface Requests {
  readonly resources: readonly analyzerMessages.AnalyzeRequest[];
  readonly stack: analyzerMessages.AnalyzeStackRequest;
}

/**
 * All security rules over 300 resources of the production plan, beside the same rules through the SDK's own loop (typed
 * and untyped functions), and both packs as commands run them. All three get the same protocol messages.
 */
export async function run({ quick }: { quick: boolean }): Promise<BenchReport> {
  const plan = await planEnvironment("prod");
  const resources = analyzedResources(plan.recording.resources);
  const requests = requestsOf(sized(resources, RESOURCES));
  const policies = toPolicies(securityPack, { exemptions: [], today: "2026-11-23" });
  const untypedPolicies = policies.map(withoutType);
  const { kit, typed, untyped } = await inTurns(quick ? RUNS.quick : RUNS.full, {
    kit: () => timed(() => ours(requests)),
    typed: () => timed(() => throughSdk(policies, requests)),
    untyped: () => timed(() => throughSdk(untypedPolicies, requests)),
  });
  const many = await packLines(sized(resources, MANY_RESOURCES));
  const rules = securityPack.rules.length;
  const note = `${RESOURCES} resources, ${rules} rules, in process`;
  return {
    name: "policies",
    lines: [
      { what: "kit: decoded once", ...figuresOf(kit), note },
      { what: "SDK, typed functions", ...figuresOf(typed), note: `peer: ${note}` },
      { what: "SDK, untyped functions", ...figuresOf(untyped), note: `peer: ${note}` },
      ...(await packLines(resources)),
      ...many,
    ],
    ratios: [
      {
        // Each pack is a process of its own; the packs of a preview work side by side.
        name: `seconds for ${MANY_RESOURCES} resources, the slower pack`,
        value: Math.max(...many.map(({ seconds = 0 }) => seconds)),
        target: "below 5",
      },
      {
        name: "CPU time, kit / SDK untyped",
        value: kit.cpuSeconds / untyped.cpuSeconds,
        target: "below 0.1",
      },
      { name: "CPU time, kit / SDK typed", value: kit.cpuSeconds / typed.cpuSeconds, target: "below 0.5" },
    ],
    notes: ["medians of runs in turns; the packs' own lines go through their servers and gRPC, once each"],
    claims: [
      {
        what: `${RESOURCES} resources x ${rules} security rules`,
        ours: took(kit),
        peer: `the SDK's untyped loop: ${took(untyped)}`,
        ratio: kit.cpuSeconds / untyped.cpuSeconds,
      },
    ],
  };
}

/** Both packs, as commands run them, over resources of the production plan, one after the other. */
async function packLines(resources: readonly AnalyzedResource[]): Promise<BenchReport["lines"]> {
  const lines = [];
  for (const folder of packFolders()) {
    await buildPackIfStale(folder);
    const name = folder.split("/").at(-1) ?? "";
    const report = await evaluatePack({
      folder,
      configFile: join(CONFIG, `${name}.prod.json`),
      stack: { project: "smartretail", stack: "prod" },
      resources,
    });
    const note = `${report.policies} policies, after a start of ${report.startMilliseconds} ms`;
    lines.push({
      what: `pack ${name} over ${resources.length} resources`,
      seconds: report.analysisMilliseconds / 1000,
      note,
    });
  }
  return lines;
}

function ours({ resources, stack }: Requests): void {
  const session = new Session({
    rules: securityPack.rules,
    settings: {},
    exemptions: [],
    today: "2026-11-23",
  });
  for (const request of resources) session.checkResource(decodeResource(request));
  session.checkStack(stack.getResourcesList().map(decodeStackResource));
}

async function throughSdk(policies: Policies, { resources, stack }: Requests): Promise<void> {
  const analyze = sdk.makeAnalyzeRpcFun("bench", "1.0.0", "advisory", policies);
  for (const request of resources) await answer(analyze, request);
  await answer(sdk.makeAnalyzeStackRpcFun("bench", "1.0.0", "advisory", policies), stack);
}

function answer(rpc: Rpc, request: unknown): Promise<void> {
  return new Promise((accept, reject) => {
    void rpc({ request }, (error) => (error ? reject(error) : accept()));
  });
}

/** The same policy as a plain function, as most packs write it: the SDK then decodes every resource for it. */
function withoutType(policy: Policies[number]): Policies[number] {
  if (!("validateResource" in policy) || typeof policy.validateResource !== "function") return policy;
  const typed = policy.validateResource as ResourceValidation & { readonly __pulumiType?: string };
  const type = typed.__pulumiType;
  return {
    ...policy,
    validateResource: (args, report) =>
      type === undefined || args.type === type ? typed(args, report) : undefined,
  };
}

/** The plan again and again, under other names, until there are `count` resources. */
function sized(resources: readonly AnalyzedResource[], count: number): AnalyzedResource[] {
  return Array.from({ length: count }, (_, i) => {
    const resource = resources[i % resources.length] as AnalyzedResource;
    return i < resources.length
      ? resource
      : { ...resource, urn: `${resource.urn}-${i}`, name: `${resource.name}-${i}` };
  });
}

function requestsOf(resources: readonly AnalyzedResource[]): Requests {
  return { resources: resources.map(analyzeRequest), stack: stackRequest(resources) };
}
