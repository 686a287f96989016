import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as sagemaker from "@pulumi/aws/sagemaker";
import { API_MAPPING } from "../../../preview/constraints/api-mapping";
import { checkInputShapes } from "../../../preview/constraints/input-shapes";
import table from "../../../preview/input-shapes.json";
import { argsDeclaration, nestedDeclarations, readShape } from "../../../scripts/update-input-shapes";
import { record } from "../../support/record";

const check = async (variant: unknown, preview = false) => {
  const program = () =>
    void new sagemaker.EndpointConfiguration("config", { productionVariants: variant as never });
  return checkInputShapes((await record(program, { preview })).resources);
};

describe("checkInputShapes", () => {
  it("takes what the provider declares", async () => {
    assert.deepEqual(await check([{ modelName: "m", managedInstanceScaling: { status: "ENABLED" } }]), []);
  });

  it("rejects an input that the provider does not know, at any depth", async () => {
    const found = await check([{ modelName: "m" }, { modelName: "n", managedInstanceScaling: { stats: 1 } }]);

    assert.deepEqual(found, [
      'EndpointConfiguration "config": productionVariants[1].managedInstanceScaling.stats is no input that the provider knows',
    ]);
  });

  it("rejects a structure without a required input, also one that arrives through an Output", async () => {
    const variant = pulumi.output([{ modelName: "m", coreDumpConfig: { kmsKeyId: "k" } }]);

    assert.deepEqual(await check(variant), [
      'EndpointConfiguration "config": productionVariants[0].coreDumpConfig.destinationS3Uri is missing; the provider requires it',
    ]);
  });

  it("passes over what is unknown or secret", async () => {
    assert.deepEqual(await check(pulumi.secret([{ wrong: true }])), []);
  });

  it("is of the pinned SDK, and covers every mapped type", () => {
    const root = join(__dirname, "..", "..", "..");
    const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      dependencies: Record<string, string>;
    };

    assert.equal(table.source, `@pulumi/aws ${dependencies["@pulumi/aws"]}`, "npm run constraints");
    assert.deepEqual(
      Object.keys(API_MAPPING).filter((type) => !(type in table.shapes)),
      [],
      "npm run constraints",
    );
  });

  it("is read from type declarations", () => {
    const nested = [
      "export declare namespace shop {",
      "    /** x */",
      "    interface Rack {",
      "        /** width: 3 */",
      "        width: pulumi.Input<number>;",
      "        inner?: pulumi.Input<inputs.shop.Rack | undefined>;",
      "    }",
      "}",
    ].join("\n");
    const args = [
      "export interface StoreArgs {",
      "    racks?: pulumi.Input<inputs.shop.Rack>[];",
      "}",
      "",
    ].join("\n");
    const shapes = {};

    const store = readShape(argsDeclaration(args, "StoreArgs"), nestedDeclarations(nested), shapes);

    assert.deepEqual(store, { properties: { racks: "shop.Rack" } });
    assert.deepEqual(shapes, {
      "shop.Rack": { properties: { width: "", inner: "shop.Rack" }, required: ["width"] },
    });
    assert.throws(() => argsDeclaration(args, "OtherArgs"), /declares no OtherArgs/);
  });
});
