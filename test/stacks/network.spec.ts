import assert from "node:assert/strict";
import type { Recording } from "../../preview/recorded-resource";
import { createKeys } from "../../stacks/keys";
import { createNetwork, type Network } from "../../stacks/network";
import { testContext } from "../support/context";
import { foundationOf } from "../support/foundation";
import { find, record } from "../support/record";
import { statementOf, statementsOf } from "../support/statements";
import { valueOf } from "../support/value-of";

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const endpointNames = (recording: Recording) =>
  recording.resources.filter(({ type }) => type === ENDPOINT).map(({ name }) => name);

describe("createNetwork", () => {
  let dev: Recording;
  let prod: Recording;
  let network: Network;

  before(async () => {
    ({ recording: dev } = await foundationOf("dev"));
    const foundation = await foundationOf("prod");
    prod = foundation.recording;
    network = foundation.slices.network;
  });

  it("makes the VPC endpoints of the settings, in one zone in dev and in two in prod", () => {
    for (const [environment, recording, zones] of [
      ["dev", dev, 1],
      ["prod", prod, 2],
    ] as const) {
      const { interfaceEndpoints } = testContext(environment).settings;

      assert.deepEqual(
        endpointNames(recording).sort(),
        [
          ...interfaceEndpoints.map((name) => `endpoints-${name.replace(".", "-")}`),
          "gateway-dynamodb",
          "gateway-s3",
        ].sort(),
      );
      assert.equal((find(recording, ENDPOINT, "endpoints-sts").inputs.subnetIds as string[]).length, zones);
    }
  });

  it("lays out as many zones as the settings say", async () => {
    const context = testContext("prod", { availabilityZoneCount: 3 });

    const { resources } = await record(() => void createNetwork(context, { keys: createKeys(context) }));

    assert.equal(resources.filter(({ type }) => type === "aws:ec2/subnet:Subnet").length, 3);
  });

  it("tags what awsx makes", async () => {
    const { inputs } = find(dev, "awsx:ec2:Vpc");

    assert.deepEqual(inputs.tags, {
      CostCenter: "retail-ml-dev",
      Environment: "dev",
      ManagedBy: "pulumi",
      Owner: "ml-platform",
      Project: "smartretail",
    });
  });

  it("leads S3 and DynamoDB out of every subnet by a gateway", async () => {
    const { inputs } = find(prod, ENDPOINT, "gateway-s3");
    assert.equal(inputs.serviceName, "com.amazonaws.ap-northeast-1.s3");
    assert.equal(inputs.vpcEndpointType, "Gateway");
    assert.equal((inputs.routeTableIds as string[]).length, 2);
    assert.equal(
      find(prod, ENDPOINT, "gateway-dynamodb").inputs.serviceName,
      "com.amazonaws.ap-northeast-1.dynamodb",
    );
  });

  it("has no gateway to the internet but the one that awsx cannot leave out", async () => {
    const types = new Set(prod.resources.map(({ type }) => type));
    for (const type of ["natGateway:NatGateway", "route:Route", "eip:Eip"])
      assert.ok(!types.has(`aws:ec2/${type}`));
  });

  it("keeps its flow logs encrypted and as long as all logs", async () => {
    const { inputs, urn } = find(prod, "aws:cloudwatch/logGroup:LogGroup");
    assert.equal(inputs.name, "/smartretail/prod/vpc-flow-logs");
    assert.equal(inputs.retentionInDays, 365);
    assert.match(String(inputs.kmsKeyId), /^arn:aws:kms:/);
    const flowLog = find(prod, "aws:ec2/flowLog:FlowLog");
    assert.deepEqual(flowLog.propertyDependencies.logDestination, [urn]);
  });

  it("lets the VPC service write into that log group only", async () => {
    const role = find(prod, "aws:iam/role:Role", "flow-logs-role").inputs;
    assert.equal(role.name, "smartretail-prod-flow-logs");
    assert.deepEqual(statementOf(role.assumeRolePolicy, "AllowServiceOfThisAccount").Condition, {
      ArnLike: { "aws:SourceArn": ["arn:aws:ec2:ap-northeast-1:123456789012:vpc-flow-log/*"] },
      StringEquals: { "aws:SourceAccount": "123456789012" },
    });
    const group = "arn:aws:logs:ap-northeast-1:123456789012:log-group:/smartretail/prod/vpc-flow-logs";
    const { policy } = find(prod, "aws:iam/policy:Policy", "flow-logs-deliver").inputs;
    assert.deepEqual(statementOf(policy, "WriteFlowLogs").Resource, `${group}:*`);
  });

  it("knows the policy of every endpoint in a first preview", async () => {
    const { recording } = await foundationOf("prod", { preview: true });

    for (const { type, inputs } of recording.resources) {
      if (type === ENDPOINT) assert.ok(statementsOf(inputs.policy).length > 0);
    }
  });

  it("hands out what later slices stand on", async () => {
    assert.match(await valueOf(network.vpcId), /^vpc-/);
    assert.equal((await valueOf(network.subnetIds)).length, 2);
    assert.match(await valueOf(network.workloadSecurityGroupId), /^sg-/);
    assert.match(await valueOf(network.s3EndpointId), /^vpce-/);
    assert.match(await valueOf(network.dynamodbEndpointId), /^vpce-/);
    assert.match(await valueOf(network.s3PrefixListId), /^pl-/);
  });
});
