import assert from "node:assert/strict";
import type { FeatureRow } from "../../../../runtime/stores/online-features";
import type { Cell } from "../../../../runtime/api/forecast/cell";
import { chooseFigure } from "../../../../runtime/api/forecast/choose-figure";

const VERSION = "20261122-0123abcd";
const LISTS = { champion: [8], challenger: [11], baseline: [10], naive: [12] };

/** One SKU of a night in which its level was multiplied by 0.8. */
function cell(given: Partial<Cell> = {}): Cell {
  return {
    ...{ sku: "4901", category: "food", day: "2026-11-25", position: 0 },
    night: { id: 1, name: "Rice ball", category: "food", ...LISTS, calibration: [0.8] },
    row: { day: "2026-11-25", csv: "", baseline: 10, naive: 12 } as FeatureRow,
    answer: 1.5,
    ...given,
  };
}

const champion = { variant: "champion", version: VERSION } as const;

describe("figure of a calibrated SKU", () => {
  it("is the model's times what the night has multiplied its own by, and says so", () => {
    const figure = chooseFigure(cell(), champion, VERSION);

    assert.deepEqual(figure, { units: 12, source: "model", calibration: 0.8 });
  });

  it("is the night's as it stands where the model is silent: it was multiplied already", () => {
    const figure = chooseFigure(cell({ answer: undefined }), champion, VERSION);

    assert.deepEqual(figure, { units: 8, source: "batch", calibration: 0.8 });
  });

  it("is another version's own, the challenger's own, and the baseline's own", () => {
    const promoted = { variant: "champion", version: "20261124-89abcdef" } as const;
    const challenger = { variant: "challenger", version: "20261124-89abcdef" } as const;
    const night = { ...cell().night, champion: [Number.NaN] };

    assert.deepEqual(chooseFigure(cell(), promoted, VERSION), { units: 15, source: "model" });
    assert.deepEqual(chooseFigure(cell(), challenger, VERSION), { units: 15, source: "model" });
    const silent = chooseFigure(cell({ answer: undefined, night }), champion, VERSION);
    assert.deepEqual(silent, { units: 10, source: "baseline" });
  });
});
