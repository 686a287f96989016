import { mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import * as z from "zod";
import { CATEGORIES, type Category } from "../../../contracts/categories";
import { VARIANTS, type Variant } from "../../../contracts/variants";
import { codeOf } from "../../engine/files/clear-error";
import { replaceFileSync } from "../../engine/files/replace-file";
import type { ModelStore } from "../../models/model-store";
import {
  checkWeights,
  type EndpointControl,
  EndpointControlError,
  type EndpointState,
} from "../endpoint-control";

const schema = z.object({
  endpointName: z.string(),
  weights: z.record(z.enum(VARIANTS), z.number().int().nonnegative()),
});

/** Before anybody has moved them. */
const FIRST_WEIGHTS: Readonly<Record<Variant, number>> = { champion: 100, challenger: 0 };

/** Weights and pointers of a machine without a cloud: a file, and the pointers of the model store. */
export class TrafficFiles implements Pick<
  EndpointControl,
  "describe" | "updateWeights" | "readPointer" | "setPointer"
> {
  constructor(
    /** Of the weights. */
    private readonly path: string,
    private readonly models: ModelStore,
  ) {}

  async describe(endpointName: string): Promise<EndpointState> {
    const weights = await this.weights();
    return {
      endpointName,
      status: "InService",
      configurationName: "local",
      variants: VARIANTS.map((name) => ({ name, weight: weights[name], instanceCount: 1 })),
    };
  }

  async updateWeights(endpointName: string, weights: Readonly<Record<string, number>>): Promise<void> {
    checkWeights(weights);
    const all = { ...(await this.weights()), ...weights };
    mkdirSync(dirname(this.path), { recursive: true });
    replaceFileSync(this.path, `${JSON.stringify(schema.parse({ endpointName, weights: all }))}\n`);
  }

  async readPointer(parameterName: string): Promise<string> {
    const [variant, category] = placeOf(parameterName);
    const version = await this.models.current(variant, category);
    if (version === undefined) throw new EndpointControlError(`pointer ${parameterName} does not exist`);
    return version;
  }

  async setPointer(parameterName: string, version: string): Promise<void> {
    const [variant, category] = placeOf(parameterName);
    await this.models.point(variant, category, version);
  }

  private async weights(): Promise<Readonly<Record<Variant, number>>> {
    try {
      return schema.parse(JSON.parse(await readFile(this.path, "utf8"))).weights;
    } catch (error) {
      if (codeOf(error) === "ENOENT") return FIRST_WEIGHTS;
      throw new EndpointControlError(`${this.path} holds no weights of this program`, { cause: error });
    }
  }
}

/** `…/models/<variant>/<category>` (contracts/parameters.ts). */
function placeOf(parameterName: string): [Variant, Category] {
  const [category, variant] = parameterName.split("/").reverse();
  const place = [
    VARIANTS.find((each) => each === variant),
    CATEGORIES.find((each) => each === category),
  ] as const;
  if (place[0] === undefined || place[1] === undefined) {
    throw new EndpointControlError(`${parameterName} is no pointer to a model`);
  }
  return [place[0], place[1]];
}
