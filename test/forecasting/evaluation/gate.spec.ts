import assert from "node:assert/strict";
import { GATE, type GateFigures, gateReasons } from "../../../forecasting/evaluation/gate";

const GOOD: GateFigures = {
  ...{ rows: 400, origins: 4, wape: 0.3, bias: 0.01, championWape: 0.32, championBias: -0.02 },
  ...{ bestSimpleWape: 0.33, naiveWape: 0.45, parts: [{ name: "week 1", wape: 0.31, championWape: 0.3 }] },
};
const reasonsOf = (changed: Partial<GateFigures>) => gateReasons({ ...GOOD, ...changed });

describe("the gate", () => {
  it("lets a better candidate pass, and one that ties with the champion", () => {
    assert.deepEqual(reasonsOf({}), []);
    assert.deepEqual(reasonsOf({ wape: 0.32 * (1 + GATE.tie) - 1e-9 }), []);
  });

  it("rejects one that is worse than champion, best simple forecaster or seasonal naive, each by name", () => {
    assert.match(
      reasonsOf({ championWape: 0.29 })[0]!,
      /^WAPE 30.00 % is worse than that of the champion, 29.00 %$/,
    );
    assert.match(reasonsOf({ bestSimpleWape: 0.29 })[0]!, /best simple forecaster/);
    // Against seasonal naive there are no ties.
    assert.match(reasonsOf({ naiveWape: 0.2999 })[0]!, /seasonal naive/);
  });

  it("rejects bias in either direction, unless the champion has as much", () => {
    for (const bias of [0.06, -0.06]) {
      assert.equal(reasonsOf({ bias }).length, 1);
      assert.deepEqual(reasonsOf({ bias, championBias: 0.07 }), []);
    }
  });

  it("says a bias by its direction, with the decimals by which it is too large", () => {
    assert.deepEqual(
      [0.0501, -0.06].flatMap((bias) => reasonsOf({ bias })),
      [
        "bias 5.01 % too much: allowed are 5.00 %, or the champion's 2.00 %",
        "bias 6.0 % too little: allowed are 5.00 %, or the champion's 2.00 %",
      ],
    );
  });

  it("rejects a good mean that harms a part", () => {
    assert.match(
      reasonsOf({ parts: [{ name: "week 2", wape: 0.34, championWape: 0.3 }] })[0]!,
      /^week 2: WAPE 34.00 %/,
    );
  });

  it("judges by nothing when there is too little", () => {
    assert.equal(reasonsOf({ rows: 99 }).length, 1);
    assert.match(reasonsOf({ origins: 0, wape: 9 })[0]!, /^too little to judge by/);
  });

  it("rejects a candidate whose error cannot be computed", () => {
    assert.ok(reasonsOf({ wape: Infinity }).length > 0);
  });
});
