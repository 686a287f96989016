import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { API_FUNCTIONS } from "../../../contracts/api";
import { withIntegrations } from "../../../stacks/api/with-integrations";

interface Operation {
  readonly "x-amazon-apigateway-integration": { readonly uri: string; readonly type: string };
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const gateway = JSON.parse(readFileSync("contracts/openapi/gateway.json", "utf8")) as Document;
const operations = ({ paths }: Document) => Object.values(paths).flatMap((methods) => Object.values(methods));

describe("withIntegrations", () => {
  it("puts a function behind every operation of the API, and every function behind some", () => {
    const document = withIntegrations(gateway, "ap-northeast-1", (name) => `arn:${name}`) as Document;

    const uris = operations(document).map((operation) => operation["x-amazon-apigateway-integration"].uri);
    assert.equal(uris.length, operations(gateway).length);
    assert.deepEqual(
      [...new Set(uris)].sort(),
      Object.keys(API_FUNCTIONS)
        .map(
          (name) =>
            `arn:aws:apigateway:ap-northeast-1:lambda:path/2015-03-31/functions/arn:${name}/invocations`,
        )
        .sort(),
    );
    assert.doesNotMatch(JSON.stringify(document), /x-smartretail/);
  });

  it("keeps everything else of the document", () => {
    const { paths: given, ...rest } = gateway;
    const { paths, ...kept } = withIntegrations(gateway, "ap-northeast-1", () => "arn") as Document;

    assert.deepEqual(kept, rest);
    assert.deepEqual(Object.keys(paths), Object.keys(given));
  });

  it("rejects an operation that belongs to no function, by its place", () => {
    const document = { paths: { "/a": { get: { "x-smartretail-function": "prices" } } } };

    assert.throws(
      () => withIntegrations(document, "ap-northeast-1", () => "arn"),
      /^Error: GET \/a: x-smartretail-function is "prices"; allowed: forecast, orders$/,
    );
  });
});
