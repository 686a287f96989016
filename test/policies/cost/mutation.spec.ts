import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isStackRule, parseSettings, Session, StackGraph, type Resource } from "../../../policies/kit";
import { plain } from "../../../policies/kit/unknown";
import { costPack } from "../../../policies/cost/pack";
import { analyzedResources, type AnalyzedResource } from "../../../preview/policies/analyzed-resource";
import { planOf } from "../../support/plans";
import { isAboutTheRun } from "../support/about-the-run";
import type { Breakage } from "../support/breakage";
import { COST_BREAKAGES, JOIN_PROPERTIES } from "./breakages";

const POLICIES = join(__dirname, "..", "..", "..", "policies");
/** What everything costs depends on everything: these two may find a mistake beside the rule that is about it. */
const SUMS = new Set(["cost-monthly-estimate", "cost-estimate-complete", "cost-estimate-regression"]);

/** Mistakes that their rule may miss in the production plan, as "rule: mistake", with the reason beside each. */
const ACCEPTED_SURVIVORS: readonly string[] = [];

interface BreakageResult {
  readonly rule: string;
  readonly breakage: Breakage;
  readonly killed: boolean;
  readonly strangers: readonly string[];
}

describe("cost rules over broken prod plans", () => {
  let resources: readonly AnalyzedResource[];
  let outcomes: readonly BreakageResult[];
  const folder = process.cwd();

  before(async () => {
    resources = analyzedResources((await planOf("prod")).recording.resources);
    // Paths of a configuration are relative to the pack, where the CLI runs it.
    process.chdir(join(POLICIES, "cost"));
    const before = violations(resources, new Set(resources.map(({ urn }) => urn)));
    outcomes = Object.entries(COST_BREAKAGES).flatMap(([rule, breakages]) =>
      breakages.flatMap((breakage) => outcomeOf(rule, breakage, resources, before)),
    );
  });

  after(() => process.chdir(folder));

  it("finds every mistake by the rule that is about it, but for the accepted survivors", () => {
    const missed = outcomes
      .filter(({ killed }) => !killed)
      .map(({ rule, breakage }) => `${rule}: ${breakage.what}`);

    assert.ok(outcomes.length > 150, `only ${outcomes.length} mistakes apply to the plan`);
    assert.deepEqual(missed, ACCEPTED_SURVIVORS);
  });

  it("accuses by no rule that is about something else", () => {
    const wrong = outcomes
      .filter(({ strangers }) => strangers.length > 0)
      .map(({ rule, breakage, strangers }) => `${rule}: ${breakage.what} -> ${strangers.join(", ")}`);

    assert.deepEqual(wrong, []);
  });

  it("breaks every property that a rule inspects and that the plan has a resource for", () => {
    const types = new Set(resources.map(({ type }) => type));
    const joins = new Set(JOIN_PROPERTIES.map(([type, property]) => `${type} ${property}`));
    const settings = prodSettings();
    const unbroken = costPack.rules
      .filter(
        (rule) =>
          new Session({ rules: [rule], settings, exemptions: [], today: TODAY }).level(rule) !== "disabled",
      )
      .flatMap((rule) =>
        Object.entries(rule.inspects)
          .filter(([type]) => types.has(type))
          .flatMap(([type, paths]) =>
            paths
              .filter((path) => !joins.has(`${type} ${topOf(path)}`) && !joins.has(`${type} ${path}`))
              .filter((path) => !(COST_BREAKAGES[rule.id] ?? []).some((one) => breaks(one, type, path)))
              .map((path) => `${rule.id}: ${type} ${path}`),
          ),
      );

    assert.deepEqual(unbroken, []);
  });
});

const TODAY = "2026-11-23";

function topOf(path: string): string {
  return path.split(/[.[]/)[0] ?? path;
}

/** A breakage of the resource as a whole breaks all its properties; one of a list, everything in the list. */
function breaks(breakage: Breakage, type: string, path: string): boolean {
  if (breakage.type !== type) return false;
  const generic = breakage.path.replace(/\[\d+\]/g, "[*]");
  return breakage.path === "" || path === generic || path.startsWith(generic) || generic.startsWith(path);
}

function prodSettings() {
  return parseSettings(
    JSON.parse(readFileSync(join(POLICIES, "config", "cost.prod.json"), "utf8")),
    costPack.rules,
  );
}

/** Resources that no mistake changes are decoded once. */
const decoded = { inputs: new WeakMap<object, Resource>(), outputs: new WeakMap<object, Resource>() };

function toResource(resource: AnalyzedResource, seen: "inputs" | "outputs"): Resource {
  const known = decoded[seen].get(resource) ?? decode(resource, seen);
  decoded[seen].set(resource, known);
  return known;
}

function decode({ outputs, inputs, ...rest }: AnalyzedResource, seen: "inputs" | "outputs"): Resource {
  return {
    urn: rest.urn,
    type: rest.type,
    name: rest.name,
    properties: plain(seen === "inputs" ? inputs : outputs) as Record<string, unknown>,
    options: { protect: rest.protect, ignoreChanges: rest.ignoreChanges },
    parent: rest.parent,
    propertyDependencies: rest.propertyDependencies,
    parsed: new Map(),
  };
}

/** Ids of the rules that are violated: resource rules at the `changed` resources, and all rules over the stack. */
function violations(resources: readonly AnalyzedResource[], changed: ReadonlySet<string>): Set<string> {
  const session = new Session({
    rules: costPack.rules,
    settings: prodSettings(),
    exemptions: [],
    today: TODAY,
  });
  const graph = new StackGraph(resources.map((resource) => toResource(resource, "outputs")));
  const verdicts = [
    ...resources
      .filter(({ urn }) => changed.has(urn))
      .flatMap((resource) => session.checkResource(toResource(resource, "inputs"))),
    ...costPack.rules
      .filter(isStackRule)
      .filter((rule) => !isAboutTheRun(rule.id) && session.level(rule) !== "disabled")
      .flatMap((rule) => session.checkStackWith(rule, graph)),
  ];
  return new Set(
    verdicts.filter(({ outcome }) => outcome === "violation").map(({ rule, urn }) => `${rule.id} ${urn}`),
  );
}

function outcomeOf(
  rule: string,
  breakage: Breakage,
  resources: readonly AnalyzedResource[],
  before: ReadonlySet<string>,
): BreakageResult[] {
  const broken = breakage.apply(resources);
  if (broken === undefined) return [];
  const after = violations(broken.resources, new Set(broken.changed));
  const found = [...after].filter((one) => !before.has(one)).map((one) => one.split(" ")[0] ?? "");
  const strangers = found.filter((id) => id !== rule && !SUMS.has(id) && !isAbout(id, breakage));
  return [{ rule, breakage, killed: found.includes(rule), strangers: [...new Set(strangers)] }];
}

function isAbout(id: string, { type, path }: Breakage): boolean {
  const inspects = costPack.rules.find((rule) => rule.id === id)?.inspects ?? {};
  const paths = inspects[type] ?? inspects["*"];
  if (paths === undefined) return false;
  return path === "" || paths.some((one) => topOf(one) === topOf(path));
}
