import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { API_FUNCTIONS } from "../../contracts/api";
import { publishedKey } from "../../contracts/runs";
import { confirmedOrderKey, SERVING_FILES } from "../../contracts/serving-files";
import { accountOf } from "../support/account";
import { STACKS } from "../support/environments";
import { planOf } from "../support/plans";
import { rightsOfRole } from "../support/role-rights";
import { actionsOf } from "../support/statements";

const ENTRY = join(__dirname, "../../runtime/entry");
const SEEN = "2026-11-22";

/** What Lambda does with a role, outside the function's own calls; and KMS, which S3 and the others ask for it. */
const BY_OTHERS = /^(ec2|kms|logs|xray):/;

/** Every operation that the functions' adapters may send, and who sends it on what. */
const CALLS = (stack: string) => {
  const night = `nights/${SEEN}/serving/`;
  const results = `arn:aws:s3:::smartretail-${stack}-results-123456789012/`;
  const place = "ap-northeast-1:123456789012";
  return {
    BatchGetRecord: [
      [
        "router",
        "sagemaker:BatchGetRecord",
        `arn:aws:sagemaker:${place}:feature-group/smartretail-${stack}-store-sku-sales-v2`,
      ],
    ],
    GetObject: [
      // Who may not list a bucket is told that a file which is not there is forbidden.
      ["router", "s3:ListBucket", `arn:aws:s3:::smartretail-${stack}-results-123456789012`],
      ["order-api", "s3:ListBucket", `arn:aws:s3:::smartretail-${stack}-results-123456789012`],
      ["router", "s3:GetObject", results + publishedKey("night")],
      ["router", "s3:GetObject", results + night + SERVING_FILES.store(1)],
      ["order-api", "s3:GetObject", results + night + SERVING_FILES.orders(1)],
      ["order-api", "s3:GetObject", results + confirmedOrderKey(SEEN, 1)],
    ],
    GetParametersByPath: [
      ["router", "ssm:GetParametersByPath", `arn:aws:ssm:${place}:parameter/smartretail/${stack}/models/`],
    ],
    InvokeEndpoint: [
      [
        "router",
        "sagemaker:InvokeEndpoint",
        `arn:aws:sagemaker:${place}:endpoint/smartretail-${stack}-forecast`,
      ],
    ],
    PutObject: [["order-api", "s3:PutObject", results + confirmedOrderKey(SEEN, 1)]],
  } as const;
};

/**
 * Commands of the SDK that the functions' adapters import: what their mains name of `stores/aws` and `endpoints/aws`. The journal
 * of the experiments can write as well, which the router does not.
 */
function importedOperations(): string[] {
  const mains = Object.values(API_FUNCTIONS).map(({ entry }) =>
    readFileSync(join(ENTRY, `${entry}.ts`), "utf8"),
  );
  const adapters = mains.flatMap((main) => [
    ...main.matchAll(/from "(\.\.\/(?:stores|endpoints)\/aws\/[\w-]+)"/g),
  ]);
  const sources = adapters.map(([, path = ""]) => readFileSync(join(ENTRY, `${path}.ts`), "utf8"));
  const found = sources.flatMap((source) =>
    [/\b([A-Z]\w+)Command\b/g, /\bpaginate([A-Z]\w+)\b/g].flatMap((pattern) =>
      [...source.matchAll(pattern)].map(([, name = ""]) => name),
    ),
  );
  return [...new Set(found)].sort();
}

describe("the functions of the API", () => {
  it("read the journal of the experiments, and write nothing into it", async () => {
    const account = accountOf((await planOf("prod")).recording, "smartretail-prod");
    const table = "arn:aws:dynamodb:ap-northeast-1:123456789012:table/smartretail-prod-experiments";

    assert.equal(account.ask("router", "dynamodb:Query", table), "allowed");
    for (const role of ["router", "order-api"])
      assert.notEqual(account.ask(role, "dynamodb:PutItem", table), "allowed", role);
  });

  it("are asked here about every operation that their adapters import", () => {
    assert.deepEqual(importedOperations(), Object.keys(CALLS("prod")).sort());
  });

  for (const role of ["router", "order-api"]) {
    it(`may do nothing besides: ${role}`, async () => {
      const granted = rightsOfRole((await planOf("prod")).recording, `smartretail-prod-${role}`)
        .filter(({ Effect }) => Effect === "Allow")
        .flatMap(actionsOf)
        .filter((action) => !BY_OTHERS.test(action));
      const asked: string[] = Object.values(CALLS("prod"))
        .flat()
        .flatMap(([asking, action]) => (asking === role ? [action] : []));

      // The router reads the journal of the experiments by an adapter that can write as well.
      const expected = role === "router" ? [...asked, "dynamodb:Query"] : asked;
      assert.deepEqual([...new Set(granted)].sort(), [...new Set(expected)].sort());
    });
  }

  for (const stack of STACKS) {
    it(`may do what their adapters do, in ${stack}`, async () => {
      const account = accountOf((await planOf(stack)).recording, `smartretail-${stack}`);

      const denied = Object.values(CALLS(stack))
        .flat()
        .filter(([role, action, resource]) => account.ask(role, action, resource) !== "allowed");
      assert.deepEqual(denied, []);
    });
  }
});
