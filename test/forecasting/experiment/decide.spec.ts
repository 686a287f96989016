import assert from "node:assert/strict";
import fc from "fast-check";
import { CLOSED_PHASES, EXPERIMENT_PHASES } from "../../../contracts/experiment";
import { decide } from "../../../forecasting/experiment/decide";
import { desiredPointers, desiredWeights, splitOf } from "../../../forecasting/experiment/desired-traffic";
import type { Evidence } from "../../../forecasting/experiment/evidence";
import type { CategoryState } from "../../../forecasting/experiment/experiment";
import { refusal, startExperiment } from "../../../forecasting/experiment/start";
import { CHALLENGER, CHAMPION, inPhase, look, night, service, standing, START, started } from "./support";

const LIVE = EXPERIMENT_PHASES.filter((phase) => !CLOSED_PHASES.includes(phase));
const applied = { isApplied: true, detail: "as it should be" };
const ask = (action: "promote" | "rollback" | "stop", isForced = false) => [
  { id: "r1", action, by: "Sato", reason: "I say so", isForced },
];
const phaseOf = (state: CategoryState) => state.experiment!.phase;

describe("decide", () => {
  it("goes the whole way to a promotion, a step at a look", () => {
    let state = started();
    const path = [phaseOf(state)];
    const step = (evidence: Evidence) => {
      state = decide(state, evidence).next;
      path.push(phaseOf(state));
      return state.experiment!;
    };

    step(look({ traffic: applied }));
    step(look({ night: night(7, -0.03, 0.04) }));
    step(look({ night: night(8, -0.03, 0.04), service: service("2026-10-11T07:00:00Z") }));
    assert.equal(state.experiment!.share, 0.1);
    step(look({ night: night(13, -0.05, 0.01) }));
    step(look({ night: night(14, -0.05, 0.01) }));
    step(look({ night: night(14, -0.05, 0.01) }));
    assert.equal(state.experiment!.share, 0.5);
    step(look({ night: night(16, -0.05, 0.01), service: service("2026-10-18T07:00:00Z") }));
    assert.equal(state.experiment!.share, 1);
    const last = step(look({ night: night(18, -0.05, 0.01), service: service("2026-10-20T07:00:00Z") }));
    assert.deepEqual(desiredPointers(last), { champion: CHALLENGER, challenger: CHALLENGER });
    step(look({ night: night(18, -0.05, 0.01), traffic: applied }));

    const way = "DRAFT SHADOW CANARY AB AB DECIDE PROMOTING PROMOTING PROMOTING PROMOTED";
    assert.deepEqual(path, way.split(" "));
    assert.equal(splitOf(state), undefined);
    assert.deepEqual(desiredWeights([state]), { champion: 100, challenger: 0 });
  });

  it("extends once, then closes without a result and keeps the champion", () => {
    let state = inPhase("AB");
    const path: string[] = [];
    for (const days of [27, 28, 28, 35, 42, 42]) {
      state = decide(state, look({ night: night(days, -0.004, 0.02) })).next;
      path.push(phaseOf(state));
    }

    assert.deepEqual(path, ["AB", "DECIDE", "EXTENDED", "EXTENDED", "DECIDE", "CLOSED_INCONCLUSIVE"]);
    assert.deepEqual(desiredPointers(state.experiment!), { challenger: CHAMPION });
  });

  describe("goes back from every live phase", () => {
    const harm: readonly (readonly [string, RegExp, Partial<Evidence>])[] = [
      ["harm in the errors", /error 5.0 % higher after 8 days/, { night: night(8, 0.05, 0.03) }],
      [
        "harm in a guardrail",
        /new items: 30.0 % higher/,
        {
          night: night(8, 0, 0.03, { guardrails: [{ name: "new items", standing: standing(8, 0.3, 0.1) }] }),
        },
      ],
      [
        "two days of bias",
        /bias of 20.0 % and 18.0 % two days running/,
        {
          night: night(8, 0, 0.03, {
            bias: [
              { day: "2026-10-09", champion: 0.02, challenger: 0.2 },
              { day: "2026-10-10", champion: 0.02, challenger: 0.18 },
            ],
          }),
        },
      ],
      ["a person", /Sato asked for it: I say so/, { requests: ask("rollback") }],
      [
        "forecasts half as high again",
        /60.0 % off the champion's/,
        {
          night: night(8, 0, 0.03, {
            batch: { ...night(8, 0, 0.03).batch!, challengerUnits: 8000 },
          }),
        },
      ],
    ];
    for (const [name, reason, evidence] of harm) {
      it(`for ${name}`, () => {
        for (const phase of LIVE.filter((each) => each !== "ROLLING_BACK")) {
          const decision = decide(inPhase(phase), look(evidence));
          assert.equal(decision.action, "rollback", phase);
          assert.match(decision.reasons.join(), reason);
          assert.equal(phaseOf(decision.next), "ROLLING_BACK");
          assert.equal(splitOf(decision.next), undefined);
          assert.ok(decision.isPaging);
        }
      });
    }

    it("for an alarm, a failing service or a second bad batch while it serves", () => {
      const bad = night(9, 0, 0.03);
      const batch = { ...bad.batch!, challengerMissing: 100 };
      const given: Partial<Evidence>[] = [
        { alarms: [{ id: "a1", name: "errors-challenger", isShared: false }] },
        { service: service(START, { failures: ["the challenger's errors"] }) },
        { night: { ...bad, batch } },
      ];
      for (const evidence of given) {
        for (const phase of ["CANARY", "AB", "DECIDE", "EXTENDED", "PROMOTING"] as const) {
          const state = inPhase(phase, { badBatches: ["2026-10-08"] });
          assert.equal(
            decide(state, look({ night: night(9, 0, 0.03), ...evidence })).action,
            "rollback",
            phase,
          );
        }
      }
    });
  });

  it("is done with going back when the endpoint says so, and calls somebody after a minute", () => {
    const state = decide(
      inPhase("AB"),
      look({ now: "2026-10-12T06:00:00Z", requests: ask("rollback") }),
    ).next;
    const at = (seconds: string, isApplied: boolean) =>
      decide(state, look({ now: `2026-10-12T06:${seconds}Z`, traffic: { isApplied, detail: "Updating" } }));

    assert.deepEqual([at("00:30", false).action, at("00:30", false).isPaging], ["hold", false]);
    assert.ok(at("01:01", false).isPaging);
    assert.equal(phaseOf(at("00:30", true).next), "ROLLED_BACK");
    assert.deepEqual(desiredWeights([state]), { champion: 100, challenger: 0 });
    assert.deepEqual(desiredPointers(state.experiment!), { champion: CHAMPION, challenger: CHAMPION });
  });

  it("sends nobody to the challenger's instances while one category goes back", () => {
    const back = inPhase("ROLLING_BACK");
    assert.deepEqual(desiredWeights([inPhase("PROMOTING"), back]), { champion: 100, challenger: 0 });
    assert.deepEqual(desiredWeights([inPhase("PROMOTING"), inPhase("AB")]), { champion: 50, challenger: 50 });
    assert.equal(desiredWeights([{ category: "food", rejections: [], seen: [] }]), undefined);
  });

  it("pages and does not go back when both variants suffer", () => {
    const alarms = [{ id: "a1", name: "errors-challenger", isShared: true }];
    const first = decide(inPhase("AB"), look({ night: night(20, -0.05, 0.01), alarms }));
    assert.deepEqual([first.action, first.isPaging, phaseOf(first.next)], ["hold", true, "AB"]);

    const again = decide(first.next, look({ night: night(21, -0.05, 0.01), alarms }));
    assert.deepEqual([again.action, again.isPaging], ["hold", false]);

    const own = [{ ...alarms[0]!, isShared: false }];
    assert.equal(decide(again.next, look({ night: night(21, -0.05, 0.01), alarms: own })).action, "rollback");
  });

  it("holds when something is not right, and pages after a day", () => {
    const given = {
      mismatch: { assigned: { champion: 400, challenger: 100, isMismatch: true } },
      interference: { arms: { champion: -0.05, challenger: 0.04 } },
      coverage: { coverage: { champion: 1, challenger: 0.9 } },
    };
    for (const more of Object.values(given)) {
      const decision = decide(inPhase("AB"), look({ night: night(21, -0.05, 0.01, more) }));
      assert.deepEqual([decision.action, phaseOf(decision.next)], ["hold", "AB"]);
    }
    const { next } = decide(inPhase("AB"), look({ night: undefined }));
    const later = decide(next, look({ now: "2026-10-03T06:00:01Z" }));
    assert.deepEqual([later.action, later.isPaging], ["hold", true]);
    assert.match(later.reasons.join(), /no comparison of a night/);
  });

  it("promotes nothing on missing data", () => {
    const win = night(21, -0.05, 0.01);
    const missing: Partial<Evidence>[] = [
      { night: undefined },
      { night: { ...win, missingDays: ["2026-10-08"] } },
      { night: { ...win, weekly: undefined } },
      { night: { ...win, daily: undefined, weekly: undefined, noFigure: "0 days" } },
      { night: win, day: look({ night: win }).day + 9 },
    ];
    for (const evidence of missing) {
      for (const phase of ["AB", "DECIDE", "EXTENDED"] as const) {
        const { next } = decide(inPhase(phase), look(evidence));
        assert.equal(phaseOf(next), phase);
      }
    }
    for (const phase of ["CANARY", "PROMOTING"] as const) {
      const few = { ...service("2026-11-30T00:00:00Z"), conclusive: 3 };
      for (const seen of [undefined, few]) {
        const { action, next } = decide(inPhase(phase), look({ night: win, service: seen }));
        assert.deepEqual([action, phaseOf(next)], ["hold", phase]);
      }
    }
  });

  it("bakes by the clock of the metrics: an evaluator that is days ahead is not faster", () => {
    const ahead = look({
      night: night(8, 0, 0.03),
      service: service("2026-10-01T05:00:00Z"),
      now: "2027-01-01T00:00:00Z",
    });
    assert.equal(phaseOf(decide(inPhase("CANARY"), ahead).next), "CANARY");
  });

  it("never lets time go back", () => {
    const state = inPhase("DRAFT", { phaseSince: "2026-10-05T00:00:00Z" });
    const behind = decide(state, look({ now: "2026-09-01T00:00:00Z", traffic: applied })).next;
    assert.equal(behind.experiment!.phaseSince, "2026-10-05T00:00:00Z");
  });

  it("needs more evidence beside other categories' tests", () => {
    const evidence = (eValue: number) => {
      const win = night(14, -0.05, 0.01);
      const weekly = { ...win.weekly!, eValue };
      const family = new Map([["food", 1], ["daily", undefined], ["confectionery", 3]] as const); // prettier-ignore
      return look({ night: { ...win, weekly }, family });
    };
    assert.equal(phaseOf(decide(inPhase("DECIDE"), evidence(79)).next), "DECIDE");
    assert.equal(phaseOf(decide(inPhase("DECIDE"), evidence(81)).next), "PROMOTING");
  });

  it("promotes nothing in a holiday season or on a frozen day, and goes back on any", () => {
    const win = { night: night(14, -0.05, 0.01) };
    const obon = look({ ...win, day: 20_678, night: { ...win.night, cutoff: "2026-08-12" } });
    assert.equal(phaseOf(decide(inPhase("DECIDE"), obon).next), "DECIDE");
    const frozen = inPhase("DECIDE");
    const plan = { ...frozen.experiment!.plan, frozenDays: ["2026-10-17"] };
    const sale = { ...frozen, experiment: { ...frozen.experiment!, plan } };
    assert.equal(phaseOf(decide(sale, look(win)).next), "DECIDE");
    assert.equal(decide(sale, look({ ...win, requests: ask("rollback") })).action, "rollback");
  });

  it("promotes what is no worse only for a declared reason and with a person's consent", () => {
    const evidence = look({ night: night(28, 0.001, 0.008) });
    const declared = inPhase("DECIDE");
    const plan = { ...declared.experiment!.plan, declaredReason: "half the memory" };
    const state = { ...declared, experiment: { ...declared.experiment!, plan } };

    assert.equal(phaseOf(decide(inPhase("DECIDE"), evidence).next), "EXTENDED");
    const waiting = decide(state, evidence).next;
    assert.equal(phaseOf(waiting), "DECIDE");
    const { next, reasons } = decide(waiting, { ...evidence, requests: ask("promote") });
    assert.equal(phaseOf(next), "PROMOTING");
    assert.match(reasons.join(), /Sato: I say so.*half the memory/);
  });

  it("takes a forced step without evidence, and none against a reason to go back", () => {
    const forced = ask("promote", true);
    assert.equal(phaseOf(decide(inPhase("CANARY"), look({ requests: forced })).next), "AB");
    const harmful = look({ requests: forced, night: night(9, 0.2, 0.05) });
    assert.equal(decide(inPhase("CANARY"), harmful).action, "rollback");
  });

  it("acts on a signal once, in the next experiment too", () => {
    const alarms = [{ id: "a1", name: "errors-challenger", isShared: false }];
    const back = decide(inPhase("AB"), look({ night: night(9, 0, 0.03), alarms })).next;
    const closed = decide(back, look({ traffic: applied })).next;
    assert.deepEqual(decide(closed, look({ alarms })).next, closed);

    const next = startExperiment(closed, {
      championVersion: CHAMPION,
      challengerVersion: "20261101-cccccccc",
      plan: closed.experiment!.plan,
      now: "2026-11-01T00:00:00Z",
      by: "Sato",
      isAutomatic: false,
    });
    const serving = { ...next, experiment: { ...next.experiment!, phase: "AB" as const, share: 0.1 } };
    assert.notEqual(decide(serving, look({ night: night(9, 0, 0.03), alarms })).action, "rollback");
  });

  it("never tries a version again, nor its content within a week, nor by a machine", () => {
    const closed: CategoryState = {
      ...inPhase("ROLLED_BACK"),
      rejections: [{ version: CHALLENGER, at: "2026-10-10T00:00:00Z", reasons: ["harm"] }],
    };
    const start = (challengerVersion: string, now: string, isAutomatic = false) =>
      refusal(closed, {
        championVersion: CHAMPION,
        challengerVersion,
        plan: closed.experiment!.plan,
        now,
        by: "x",
        isAutomatic,
      });

    assert.match(start(CHALLENGER, "2027-10-10T00:00:00Z")!, /was rolled back: it is not tried again/);
    assert.match(start("20261012-bbbbbbbb", "2026-10-12T00:00:00Z")!, /under another name/);
    assert.equal(start("20261018-bbbbbbbb", "2026-10-18T00:00:00Z"), undefined);
    assert.match(start("20261012-dddddddd", "2026-10-12T00:00:00Z", true)!, /a person has to start/);
    assert.equal(start("20261012-dddddddd", "2026-10-12T00:00:00Z"), undefined);
    assert.match(start(CHAMPION, "2026-10-12T00:00:00Z")!, /nothing to compare/);
    assert.match(
      refusal(inPhase("AB"), {
        championVersion: CHAMPION,
        challengerVersion: "20261012-dddddddd",
        plan: closed.experiment!.plan,
        now: START,
        by: "x",
        isAutomatic: false,
      })!,
      /drinks has the experiment .* in AB: stop it first/,
    );
  });

  it("stops on request and rejects nothing", () => {
    const { action, next } = decide(inPhase("AB"), look({ requests: ask("stop") }));
    assert.deepEqual([action, phaseOf(next), next.rejections], ["close", "CLOSED_INCONCLUSIVE", []]);
  });

  it("leaves no closed phase, serves nobody outside of a served phase, and skips none, whatever comes", () => {
    const evidence = fc.record({
      days: fc.integer({ min: 0, max: 45 }),
      relative: fc.double({ min: -0.2, max: 0.2, noNaN: true }),
      halfWidth: fc.constantFrom(0.01, 0.05, 0.3),
      hasNight: fc.boolean(),
      newest: fc.constantFrom(undefined, "2026-10-02T00:00:00Z", "2026-12-02T00:00:00Z"),
      isApplied: fc.constantFrom(undefined, true, false),
      request: fc.constantFrom(undefined, undefined, undefined, "promote", "rollback", "stop"),
      alarm: fc.constantFrom(undefined, undefined, undefined, true, false),
      id: fc.nat(9),
    });
    const order = "DRAFT SHADOW CANARY AB DECIDE PROMOTING PROMOTED".split(" ");
    fc.assert(
      fc.property(fc.array(evidence, { maxLength: 40 }), (looks) => {
        let state = started();
        for (const one of looks) {
          const before = state.experiment!;
          state = decide(
            state,
            look({
              ...(one.hasNight ? { night: night(one.days, one.relative, one.halfWidth) } : {}),
              ...(one.newest ? { service: service(one.newest) } : {}),
              ...(one.isApplied === undefined ? {} : { traffic: { isApplied: one.isApplied, detail: "" } }),
              requests: one.request
                ? [{ id: `r${one.id}`, action: one.request as "stop", by: "x", reason: "y", isForced: false }]
                : [],
              alarms:
                one.alarm === undefined ? [] : [{ id: `a${one.id}`, name: "alarm", isShared: one.alarm }],
            }),
          ).next;
          const after = state.experiment!;
          if (CLOSED_PHASES.includes(before.phase)) assert.deepEqual(after, before);
          const serves = ["CANARY", "AB", "DECIDE", "EXTENDED", "PROMOTING"].includes(after.phase);
          assert.equal(after.share > 0, serves, after.phase);
          if (before.phase === "ROLLING_BACK") assert.match(after.phase, /^ROLL/);
          if (after.phase === "ROLLING_BACK") assert.equal(splitOf(state), undefined);
          const [from, to] = [order.indexOf(before.phase), order.indexOf(after.phase)];
          if (from >= 0 && to >= 0 && to > from)
            assert.ok(to - from === 1, `${before.phase} -> ${after.phase}`);
          if (!one.hasNight && before.phase !== "DRAFT" && to > from) {
            assert.fail(`${before.phase} -> ${after.phase} without a night`);
          }
        }
      }),
    );
  });
});
