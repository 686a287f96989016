import assert from "node:assert/strict";
import type {
  EndpointControl,
  EndpointState,
  ReleasedScaling,
} from "../../../runtime/endpoints/endpoint-control";
import { rollOut } from "../../../runtime/endpoints/roll-out";

const SCALING: ReleasedScaling = { variantName: "champion", minInstances: 1, maxInstances: 4, policies: [] };

interface Script {
  readonly states: readonly Partial<EndpointState>[];
  readonly types?: Readonly<Record<string, string>>;
  readonly desiredVariants?: readonly string[];
  readonly startFails?: string;
}

/** An endpoint that answers as scripted and notes what is asked of it. */
function scripted({ states, types = {}, desiredVariants = ["champion"], startFails }: Script) {
  const calls: string[] = [];
  let look = 0;
  const control: EndpointControl = {
    describe: (endpointName) => {
      const state = states[Math.min(look, states.length - 1)];
      look += 1;
      return Promise.resolve({
        endpointName,
        status: "InService",
        configurationName: "old",
        variants: [],
        ...state,
      });
    },
    describeConfiguration: (configurationName) =>
      Promise.resolve({
        configurationName,
        variants: (configurationName === "new" ? desiredVariants : ["champion"]).map((name) => ({
          name,
          instanceType: types[configurationName] ?? "ml.m5.large",
        })),
      }),
    updateWeights: () => Promise.reject(new Error("a rollout moves no weights")),
    startUpdate: (_name, { configurationName }) => {
      calls.push(`update to ${configurationName}`);
      return startFails === undefined ? Promise.resolve() : Promise.reject(new Error(startFails));
    },
    withModelVersion: (configurationName, version) => Promise.resolve(`${configurationName}-${version}`),
    readDesired: () => Promise.reject(new Error("the rollout is told")),
    readPointer: (name) => Promise.resolve(name === "/pointer" ? "20261004-0a1b2c3d" : "20260927-f2a3107e"),
    setPointer: () => Promise.reject(new Error("a rollout moves no pointer")),
    releaseScaling: (_name, variants) => {
      calls.push(`release ${variants.join()}`);
      return Promise.resolve(variants.length > 0 ? [SCALING] : []);
    },
    restoreScaling: (_name, released) => {
      calls.push(`restore ${released.map(({ variantName }) => variantName).join()}`);
      return Promise.resolve();
    },
  };
  return { control, calls };
}

const DESIRED = { configurationName: "new" };
const noWait = { sleep: () => Promise.resolve() };
const UPDATING = { status: "Updating" };
const UPDATED = { configurationName: "new" };

describe("rollOut", () => {
  it("does nothing when the endpoint already runs the desired configuration", async () => {
    const { control, calls } = scripted({ states: [UPDATED] });

    const { outcome } = await rollOut(control, "shop", DESIRED, noWait);

    assert.equal(outcome, "unchanged");
    assert.deepEqual(calls, []);
  });

  it("waits until the update is over and shows every look", async () => {
    const { control } = scripted({ states: [{}, UPDATING, { status: "RollingBack" }, UPDATED] });
    const seen: string[] = [];

    const { outcome } = await rollOut(control, "shop", DESIRED, {
      ...noWait,
      onProgress: ({ status }) => seen.push(status),
    });

    assert.equal(outcome, "updated");
    assert.deepEqual(seen, ["Updating", "RollingBack", "InService"]);
  });

  it("calls an endpoint that is InService on the old configuration what it is: rolled back", async () => {
    const { control } = scripted({ states: [{}, UPDATING, {}] });

    assert.equal((await rollOut(control, "shop", DESIRED, noWait)).outcome, "rolled-back");
  });

  it("takes the configuration with the live version of the model where the configuration names it", async () => {
    const { control, calls } = scripted({
      states: [{}, { configurationName: "new-20261004-0a1b2c3d" }],
      desiredVariants: ["champion"],
    });

    const { outcome } = await rollOut(control, "shop", { ...DESIRED, modelPointer: "/pointer" }, noWait);

    assert.equal(outcome, "updated");
    assert.ok(calls.includes("update to new-20261004-0a1b2c3d"));
  });

  it("takes scaling off for another instance type only, and puts it back", async () => {
    const moved = scripted({ states: [{}, UPDATED], types: { new: "ml.m5.xlarge" } });
    const same = scripted({ states: [{}, UPDATED] });

    const { rescaledVariants } = await rollOut(moved.control, "shop", DESIRED, noWait);
    await rollOut(same.control, "shop", DESIRED, noWait);

    assert.deepEqual(moved.calls, ["release champion", "update to new", "restore champion"]);
    assert.deepEqual(rescaledVariants, ["champion"]);
    assert.deepEqual(same.calls, ["release ", "update to new", "restore "]);
  });

  it("puts scaling back when the update is rejected", async () => {
    const { control, calls } = scripted({
      states: [{}],
      types: { new: "ml.m5.xlarge" },
      startFails: "no capacity",
    });

    await assert.rejects(rollOut(control, "shop", DESIRED, noWait), { message: "no capacity" });

    assert.equal(calls.at(-1), "restore champion");
  });

  it("starts from nothing but InService", async () => {
    const { control, calls } = scripted({ states: [{ status: "Failed" }] });

    await assert.rejects(rollOut(control, "shop", DESIRED, noWait), {
      message: "endpoint shop is Failed; a rollout needs it InService",
    });
    assert.deepEqual(calls, []);
  });

  it("rejects other variants, whose weights it could not keep", async () => {
    const { control, calls } = scripted({ states: [{}], desiredVariants: ["blue", "green"] });

    await assert.rejects(
      rollOut(control, "shop", DESIRED, noWait),
      /runs the variants champion; configuration new has blue, green, and an update cannot rename them/,
    );
    assert.deepEqual(calls, []);
  });

  it("reports an endpoint that ends in a state a person has to look at", async () => {
    const { control } = scripted({
      states: [{}, { status: "UpdateRollbackFailed", failureReason: "no capacity" }],
    });

    await assert.rejects(rollOut(control, "shop", DESIRED, noWait), {
      message: "endpoint shop is UpdateRollbackFailed: no capacity",
    });
  });

  it("gives up waiting in the end, without hiding that the update goes on", async () => {
    const { control } = scripted({ states: [{}, UPDATING] });

    await assert.rejects(rollOut(control, "shop", DESIRED, { ...noWait, timeoutMilliseconds: 60_000 }), {
      message: "endpoint shop is still being updated after 1 minutes; look at it before the next rollout",
    });
  });
});
