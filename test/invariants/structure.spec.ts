import assert from "node:assert/strict";
import { checkConstraints } from "../../preview/constraints/check-constraints";
import { kindOf, sliceFinder, STACK_TYPE } from "../../preview/plan-tree";
import { COMPONENT_PURPOSES, SLICE_PURPOSES } from "../../preview/purposes";
import table from "../../preview/input-shapes.json";
import type { InputShapes } from "../../preview/constraints/input-shapes";
import { ofKind, STACKS } from "../support/environments";
import { planOf } from "../support/plans";
import type { Plan } from "../../preview/plan-environment";

const SHAPES = (table as unknown as InputShapes).shapes;
const duplicates = (items: readonly string[]) => items.filter((item, i) => items.indexOf(item) !== i);

/** Inputs that carry a physical name, and the types whose names AWS or the reader fixes. */
const NAME_INPUTS = ["bucket", "dashboardName", "featureGroupName", "modelPackageGroupName", "domainName"];

for (const stack of STACKS) {
  describe(`every resource of ${stack}`, () => {
    let plan: Plan;
    before(async () => {
      plan = await planOf(stack);
    });

    it("has a URN of its own, and an id of its own among its type", () => {
      const { resources } = plan.recording;

      assert.deepEqual(duplicates(resources.map(({ urn }) => urn)), []);
      const ids = resources.filter(({ custom }) => custom).map(({ type, id }) => `${type} ${id}`);
      assert.deepEqual(duplicates(ids), []);
    });

    it("has a parent that exists, and hangs below a slice", () => {
      const { resources } = plan.recording;
      const urns = new Set(resources.map(({ urn }) => urn));
      const sliceOf = sliceFinder(plan.recording);

      const astray = resources.filter(
        ({ type, urn, parent }) =>
          type !== STACK_TYPE && (parent === undefined || !urns.has(parent) || sliceOf(urn) === undefined),
      );
      assert.deepEqual(
        astray.map(({ urn }) => urn),
        [],
      );
    });

    it("depends on resources that exist", () => {
      const { resources } = plan.recording;
      const urns = new Set(resources.map(({ urn }) => urn));

      const dangling = resources.flatMap(({ name, dependencies }) =>
        dependencies.filter((urn) => !urns.has(urn)).map((urn) => `${name}: ${urn}`),
      );
      assert.deepEqual(dangling, []);
    });

    it("carries the cost tags if AWS can tag it", () => {
      const required = ["CostCenter", "Environment", "ManagedBy", "Owner", "Project"];

      const untagged = plan.recording.resources.filter(({ type, custom, inputs }) => {
        if (!custom || SHAPES[type]?.properties.tags === undefined) return false;
        const tags = (inputs.tags ?? {}) as Record<string, unknown>;
        return required.some((key) => !tags[key]) || tags.Environment !== stack;
      });
      assert.deepEqual(
        untagged.map(({ urn }) => urn),
        [],
      );
    });

    it("is named after its environment", () => {
      const misnamed = plan.recording.resources.flatMap(({ type, custom, name, inputs }) =>
        NAME_INPUTS.filter((key) => custom && SHAPES[type]?.properties[key] !== undefined)
          .map((key) => inputs[key])
          .filter((value) => typeof value === "string" && !`${value}-`.startsWith(`smartretail-${stack}-`))
          .map((value) => `${name}: ${String(value)}`),
      );
      assert.deepEqual(misnamed, []);
      const roles = [...ofKind(plan, "Role"), ...ofKind(plan, "Topic"), ...ofKind(plan, "Endpoint")];
      assert.ok(roles.every(({ inputs }) => String(inputs.name).startsWith(`smartretail-${stack}-`)));
    });

    it("says what it is for: its slice and its component have a purpose", () => {
      const components = plan.recording.resources.filter(
        ({ custom, type }) => !custom && type !== STACK_TYPE,
      );

      const silent = components.filter(({ type, name }) =>
        type.startsWith("smartretail:slice:") ? !SLICE_PURPOSES[name] : !COMPONENT_PURPOSES[kindOf(type)],
      );
      assert.deepEqual(
        silent.map(({ type }) => type),
        [],
      );
    });

    it("is held against AWS's limits: no type and no input is left out without a reason", () => {
      assert.deepEqual(checkConstraints(plan.recording.resources).unchecked, []);
    });

    it("has its permissions known in a preview, unless they name ids of the network or keys", async () => {
      const preview = await planOf(stack, { preview: true });

      const unknown = preview.recording.resources.flatMap(
        ({ name, type, custom, inputs, propertyDependencies }) =>
          ["policy", "assumeRolePolicy"]
            .filter((key) => custom && JSON.stringify(inputs[key])?.includes("$unknown"))
            .filter((key) => !propertyDependencies[key]?.some((urn) => /aws:ec2\/|aws:kms\/key:/.test(urn)))
            .map((key) => `${kindOf(type)} ${name}: ${key}`),
      );
      assert.deepEqual(unknown, []);
    });
  });
}
