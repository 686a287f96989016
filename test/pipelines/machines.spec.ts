import assert from "node:assert/strict";
import validate from "asl-validator";
import { checkMachine } from "../../asl/checks/check-machine";
import { MACHINE_KINDS } from "../../contracts/machines";
import { PLACE } from "./place-fixture";
import { machinesOf } from "./machines-of";

const VARIANTS = {
  "in production": PLACE,
  "with automatic approval": {
    ...PLACE,
    sizes: { ...PLACE.sizes, approval: "automatic" as const },
  },
  "with a category of DeepAR": { ...PLACE, algorithms: { drinks: "deepar" } as const },
};

describe("the machines", () => {
  for (const kind of MACHINE_KINDS) {
    for (const [when, place] of Object.entries(VARIANTS)) {
      it(`are valid Amazon States Language: ${kind} ${when}`, () => {
        assert.deepEqual(validate(machinesOf(place)[kind]).errors, []);
      });

      it(`have no state that is lost, no variable that may be missing, no error that is forgotten: ${kind} ${when}`, () => {
        assert.deepEqual(checkMachine(machinesOf(place)[kind]), []);
      });
    }
  }
});
