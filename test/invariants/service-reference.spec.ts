import assert from "node:assert/strict";
import { kindOf } from "../../preview/plan-tree";
import type { Plan } from "../../preview/plan-environment";
import { listOf, STACKS, statements, type Statement } from "../support/environments";
import { planOf } from "../support/plans";
import {
  actionsOfPattern,
  fillsKey,
  typeOfKey,
  typesNamedBy,
  type ActionFacts,
} from "../support/service-reference";

/** Keys that the reference does not list for an action although IAM documents that they are there, and why they are used. */
const KEYS_BESIDE_THE_REFERENCE: Readonly<Record<string, string>> = {
  "lambda:SourceFunctionArn":
    "Lambda adds it to every request that a function's code makes, whatever the service (Lambda guide, permissions-source-function-arn)",
  "sagemaker:VolumeKmsKey":
    "deprecated for ...KmsKeyArn: kept beside it while nobody has seen which of them is filled",
  "sagemaker:OutputKmsKey":
    "deprecated for ...KmsKeyArn: kept beside it while nobody has seen which of them is filled",
};
/** Actions that are granted on "*" although the reference names a resource type for them, which concerns something else. */
const ON_EVERYTHING: Readonly<Record<string, string>> = {
  "cloudwatch:GetMetricData": "its only type is a dataset of ingested telemetry; metrics have none",
  "cloudwatch:ListMetrics": "its only type is a dataset of ingested telemetry; metrics have none",
  "cloudwatch:PutMetricData":
    "its only type is a dataset of ingested telemetry; the namespace is a condition",
};
/** Types that the reference demands although each is only for another kind of the thing. */
const ONE_OF_SEVERAL: Readonly<Record<string, readonly string[]>> = {
  "states:DescribeExecution": ["execution", "express"],
  "states:ListExecutions": ["statemachine", "maprun"],
};
/** Operators that fit AWS's types of condition keys. */
const OPERATORS: Readonly<Record<string, RegExp>> = {
  ARN: /^(Arn|String)/,
  Bool: /^Bool/,
  Numeric: /^Numeric/,
  String: /^(String|Arn)/,
  ArrayOfString: /^(ForAllValues|ForAnyValue):String/,
  ArrayOfARN: /^(ForAllValues|ForAnyValue):(Arn|String)/,
};

type Found = ReturnType<typeof statements>[number];

interface Grant extends Found {
  /** As it stands in the statement, e.g. `kms:GenerateDataKey*`. */
  readonly pattern: string;
  readonly facts: ActionFacts;
}

const name = ({ resource, statement }: Found) => `${kindOf(resource.type)} ${resource.name} ${statement.Sid}`;
const isIdentityPolicy = ({ resource }: Found) => kindOf(resource.type) === "Policy";
const keysOf = ({ Condition = {} }: Statement) =>
  Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.keys(keys).map((key) => ({ operator, key })),
  );
const once = (lines: readonly string[]) => [...new Set(lines)].sort();

/** Every action of every statement; `s3:*` of a perimeter stands for too many, whose keys and types are not its business. */
async function grantsOf(plan: Plan): Promise<Grant[]> {
  const grants: Grant[] = [];
  for (const found of statements(plan)) {
    for (const pattern of listOf(found.statement.Action).filter((action) => !action.endsWith(":*"))) {
      for (const facts of await actionsOfPattern(pattern)) grants.push({ ...found, pattern, facts });
    }
  }
  return grants;
}

for (const stack of STACKS) {
  describe(`AWS's service reference about the policy documents of ${stack}`, () => {
    let plan: Plan;
    let grants: Grant[];
    before(async () => {
      plan = await planOf(stack);
      grants = await grantsOf(plan);
    });

    it("knows every action", async () => {
      const unknown: string[] = [];
      for (const found of statements(plan)) {
        for (const pattern of listOf(found.statement.Action)) {
          if ((await actionsOfPattern(pattern)).length === 0) unknown.push(`${name(found)}: ${pattern}`);
        }
      }

      assert.deepEqual(once(unknown), []);
      assert.ok(grants.length > 500, `${grants.length} actions in statements`);
    });

    it("knows for every action the type of every resource that is named with it", () => {
      const strange = grants.flatMap((grant) => {
        const resources = listOf(grant.statement.Resource).filter((resource) => resource !== "*");
        const without = resources.filter((resource) => typesNamedBy(grant.facts, resource).length === 0);
        // A denial may be wider than what there is: it is enough that it meets something, or is a pattern of actions.
        const isWide = grant.pattern.includes("*") || without.length < resources.length;
        if (grant.statement.Effect === "Deny" && isWide) return [];
        return without.map((resource) => `${name(grant)}: ${grant.facts.action} on ${resource}`);
      });

      assert.deepEqual(once(strange), []);
    });

    it("knows no resource for what is granted on everything", () => {
      const wide = grants
        .filter(isIdentityPolicy)
        .filter(({ statement }) => statement.Effect === "Allow" && listOf(statement.Resource).includes("*"))
        .filter(({ facts }) => !facts.isWildcardOnly && !(facts.action in ON_EVERYTHING));

      assert.deepEqual(once(wide.map((grant) => `${name(grant)}: ${grant.facts.action}`)), []);
    });

    it("demands no resource type that a grant leaves out", () => {
      const holders = new Map<string, Grant[]>();
      for (const grant of grants.filter(isIdentityPolicy)) {
        if (grant.statement.Effect !== "Allow") continue;
        const key = `${grant.resource.parent} ${grant.facts.action}`;
        holders.set(key, [...(holders.get(key) ?? []), grant]);
      }
      const incomplete = [...holders.values()].flatMap((ofOne) => {
        const [grant] = ofOne as [Grant];
        const resources = ofOne.flatMap(({ statement }) => listOf(statement.Resource));
        if (resources.includes("*")) return [];
        const named = new Set(
          resources.flatMap((resource) => typesNamedBy(grant.facts, resource).map((type) => type.name)),
        );
        return grant.facts.resourceTypes
          .filter((type) => type.required && !named.has(type.name))
          .filter(
            ({ name }) =>
              !ONE_OF_SEVERAL[grant.facts.action]?.some((other) => other !== name && named.has(other)),
          )
          .map((type) => `${name(grant)}: ${grant.facts.action} needs a ${type.name}`);
      });

      assert.deepEqual(once(incomplete), []);
    });

    it("fills every condition key, for every action that a statement puts it on", async () => {
      const empty: string[] = [];
      for (const grant of grants) {
        for (const { key } of keysOf(grant.statement)) {
          if (key in KEYS_BESIDE_THE_REFERENCE || (await fillsKey(grant.facts, key))) continue;
          empty.push(`${name(grant)}: ${grant.facts.action} has no ${key}`);
        }
      }

      assert.deepEqual(once(empty), []);
    });

    it("types every condition key as its operator reads it", async () => {
      const odd: string[] = [];
      for (const found of statements(plan)) {
        for (const { operator, key } of keysOf(found.statement)) {
          const type = (await typeOfKey(key)) ?? "unknown";
          if (operator === "Null" || OPERATORS[type]?.test(operator)) continue;
          odd.push(`${name(found)}: ${operator} on ${key}, which is ${type}`);
        }
      }

      assert.deepEqual(once(odd), []);
    });
  });
}

describe("AWS's service reference", () => {
  it("marks the short names of the job keys as replaced, so that each stands beside its successor", async () => {
    for (const key of ["VolumeKmsKey", "OutputKmsKey"]) {
      const [training] = await actionsOfPattern("sagemaker:CreateTrainingJob");
      assert.ok(training);
      assert.equal(await fillsKey(training, `sagemaker:${key}`), false);
      assert.equal(await fillsKey(training, `sagemaker:${key}Arn`), true);
    }
  });
});
