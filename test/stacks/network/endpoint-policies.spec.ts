import assert from "node:assert/strict";
import { interfaceEndpointNames } from "../../../components/interface-endpoints";
import {
  dynamodbEndpointPolicy,
  interfaceEndpointPolicy,
  s3EndpointPolicy,
} from "../../../stacks/network/endpoint-policies";
import { testContext } from "../../support/context";
import { statementOf, statementsOf } from "../../support/statements";

const place = testContext("prod");

describe("interfaceEndpointPolicy", () => {
  it("carries this account's principals to this account's resources", () => {
    assert.deepEqual(statementsOf(interfaceEndpointPolicy(place, "sagemaker.api")), [
      {
        Sid: "AllowOwnResources",
        Effect: "Allow",
        Principal: "*",
        Action: "sagemaker:*",
        Resource: "*",
        Condition: {
          StringEquals: { "aws:PrincipalAccount": "123456789012" },
          StringEqualsIfExists: { "aws:ResourceAccount": "123456789012" },
        },
      },
    ]);
  });

  it("names the resources where the service itself knows its callers", () => {
    assert.deepEqual(statementsOf(interfaceEndpointPolicy(place, "execute-api")), [
      {
        Sid: "AllowServiceOnOwnResources",
        Effect: "Allow",
        Principal: "*",
        Action: "execute-api:*",
        Resource: "arn:aws:execute-api:ap-northeast-1:123456789012:*",
      },
    ]);
  });

  it("is open to the world at no endpoint", () => {
    for (const name of interfaceEndpointNames) {
      for (const { Resource, Condition } of statementsOf(interfaceEndpointPolicy(place, name))) {
        assert.ok(
          Resource !== "*" || Condition?.StringEquals?.["aws:PrincipalAccount"] === "123456789012",
          name,
        );
      }
    }
  });
});

describe("s3EndpointPolicy", () => {
  it("carries this account's principals to the environment's buckets", () => {
    const statement = statementOf(s3EndpointPolicy(place), "AllowOwnBuckets");

    assert.deepEqual(statement.Resource, [
      "arn:aws:s3:::smartretail-prod-*-123456789012",
      "arn:aws:s3:::smartretail-prod-*-123456789012/*",
    ]);
    assert.deepEqual(statement.Condition, {
      StringEquals: { "aws:PrincipalAccount": "123456789012", "aws:ResourceAccount": "123456789012" },
    });
  });

  it("reads from AWS's own buckets by name, and writes to none", () => {
    const others = statementsOf(s3EndpointPolicy(place)).slice(1);

    assert.deepEqual(
      others.map(({ Action, Resource }) => [Action, Resource]),
      [["s3:GetObject", "arn:aws:s3:::prod-ap-northeast-1-starport-layer-bucket/*"]],
    );
  });
});

describe("dynamodbEndpointPolicy", () => {
  it("carries this account's principals to the environment's tables", () => {
    const [statement, ...others] = statementsOf(dynamodbEndpointPolicy(place));

    const table = "arn:aws:dynamodb:ap-northeast-1:123456789012:table/smartretail-prod-*";
    assert.deepEqual(statement?.Resource, [table, `${table}/index/*`]);
    assert.deepEqual(statement?.Condition, { StringEquals: { "aws:PrincipalAccount": "123456789012" } });
    assert.deepEqual(others, []);
  });
});
