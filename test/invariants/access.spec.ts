import assert from "node:assert/strict";
import { kindOf } from "../../preview/plan-tree";
import type { Plan } from "../../preview/plan-environment";
import { listOf, ofKind, STACKS, statements, type Statement } from "../support/environments";
import { planOf } from "../support/plans";

/** Actions that AWS cannot limit to a resource (service authorization reference): the only ones granted on "*". */
const WITHOUT_RESOURCE: readonly [RegExp, string][] = [
  [/^ec2:Describe/, "EC2 has no resources for descriptions"],
  [/^ecr:GetAuthorizationToken$/, "a token is for the whole registry; pulling is limited by repository"],
  [/^cloudwatch:PutMetricData$/, "metrics have no ARN; the namespace is a condition"],
  [/^cloudwatch:(DescribeAlarms|GetMetricData|ListMetrics)$/, "reading metrics has no resource"],
  [/^xray:(Put|Get)/, "X-Ray has no resources for segments and sampling"],
  [/^logs:(Describe|\w*LogDelivery|\w*LogDeliveries)/, "vended log delivery has no resource"],
  [/^application-autoscaling:Describe/, "descriptions have no resource"],
  [/^sagemaker:(List|Search)/, "lists have no resource"],
];
/** Resource "*" of a key's own policy means the key, and of an endpoint's policy what passes through the endpoint. */
const OWN_RESOURCE_KINDS = new Set(["Key", "VpcEndpoint"]);

const say = ({ resource, statement }: ReturnType<typeof statements>[number]) =>
  `${kindOf(resource.type)} ${resource.name}: ${statement.Sid ?? JSON.stringify(statement)}`;
const allows = (plan: Plan) => statements(plan).filter(({ statement }) => statement.Effect === "Allow");
const anyone = ({ Principal }: Statement) =>
  Principal === "*" || JSON.stringify(Principal ?? "").includes('"*"');

for (const stack of STACKS) {
  describe(`access to ${stack}`, () => {
    let plan: Plan;
    before(async () => {
      plan = await planOf(stack);
    });

    it("is granted by statements with an id, and by what they name, not by what they leave out", () => {
      const odd = statements(plan).filter(
        ({ statement }) =>
          !statement.Sid ||
          (statement.Effect === "Allow" &&
            (statement.NotAction ?? statement.NotPrincipal ?? statement.NotResource)),
      );

      assert.ok(statements(plan).length > 100);
      assert.deepEqual(odd.map(say), []);
    });

    it("is never granted to anyone without a condition, but to pass through an endpoint to named resources", () => {
      const open = allows(plan).filter(({ resource, statement }) => {
        if (!anyone(statement) || statement.Condition) return false;
        return kindOf(resource.type) !== "VpcEndpoint" || listOf(statement.Resource).includes("*");
      });

      assert.deepEqual(open.map(say), []);
    });

    it("is never granted for all actions of a service, but to pass through that service's endpoint", () => {
      const wide = allows(plan).filter(
        ({ resource, statement }) =>
          kindOf(resource.type) !== "VpcEndpoint" &&
          listOf(statement.Action).some((action) => action === "*" || action.endsWith(":*")),
      );

      assert.deepEqual(wide.map(say), []);
    });

    it("is granted on all resources only for actions that know none", () => {
      const wide = allows(plan).filter(
        ({ resource, statement }) =>
          !OWN_RESOURCE_KINDS.has(kindOf(resource.type)) &&
          listOf(statement.Resource).includes("*") &&
          !listOf(statement.Action).every((action) =>
            WITHOUT_RESOURCE.some(([pattern]) => pattern.test(action)),
          ),
      );

      assert.deepEqual(wide.map(say), []);
    });

    it("is given to AWS services for this account's sake only", () => {
      const confused = allows(plan).filter(({ statement }) => {
        const principal = JSON.stringify(statement.Principal ?? "");
        const condition = JSON.stringify(statement.Condition ?? "");
        return principal.includes('"Service"') && !/123456789012/.test(condition);
      });

      assert.deepEqual(confused.map(say), []);
    });

    it("uses no managed policy of AWS", () => {
      const foreign = [
        ...ofKind(plan, "RolePolicyAttachment").map(({ inputs }) => String(inputs.policyArn)),
        ...ofKind(plan, "Role").flatMap(({ inputs }) => (inputs.managedPolicyArns ?? []) as string[]),
      ].filter((arn) => !arn.startsWith("arn:aws:iam::123456789012:policy/smartretail-"));

      assert.deepEqual(foreign, []);
    });

    it("has no way in from the internet and none out", () => {
      const { resources } = plan.recording;
      const kinds = new Set(resources.map(({ type }) => kindOf(type)));
      const rules = resources.filter(({ type }) => kindOf(type).startsWith("SecurityGroup"));

      for (const kind of ["Route", "NatGateway", "Eip", "EgressOnlyInternetGateway"])
        assert.ok(!kinds.has(kind), kind);
      assert.deepEqual(
        rules
          .filter(({ inputs }) => /0\.0\.0\.0\/0|::\/0/.test(JSON.stringify(inputs)))
          .map(({ name }) => name),
        [],
      );
      assert.ok(ofKind(plan, "Subnet").every(({ inputs }) => inputs.mapPublicIpOnLaunch === false));
      assert.ok(ofKind(plan, "Domain").every(({ inputs }) => inputs.appNetworkAccessType === "VpcOnly"));
      assert.ok(
        ofKind(plan, "DefaultSecurityGroup").every(({ inputs }) => !inputs.ingress && !inputs.egress),
        "the default group has no rules",
      );
    });
  });
}
