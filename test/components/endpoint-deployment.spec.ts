import assert from "node:assert/strict";
import { asApi, blueGreenDeployment } from "../../components/endpoint-deployment";

describe("blueGreenDeployment", () => {
  it("moves everything at once where a variant may have one instance, and keeps the old fleet for a while", () => {
    assert.deepEqual(blueGreenDeployment(1, ["a"]), {
      autoRollbackConfiguration: { alarms: [{ alarmName: "a" }] },
      blueGreenUpdatePolicy: {
        maximumExecutionTimeoutInSeconds: 3600,
        terminationWaitInSeconds: 600,
        trafficRoutingConfiguration: { type: "ALL_AT_ONCE", waitIntervalInSeconds: 0 },
      },
    });
  });

  it("starts with one instance where that is at most half of a variant", () => {
    const { blueGreenUpdatePolicy } = blueGreenDeployment(2, ["a"]) as {
      blueGreenUpdatePolicy: { trafficRoutingConfiguration: unknown };
    };

    assert.deepEqual(blueGreenUpdatePolicy.trafficRoutingConfiguration, {
      type: "CANARY",
      canarySize: { type: "INSTANCE_COUNT", value: 1 },
      waitIntervalInSeconds: 300,
    });
  });

  it("rejects a rollback without alarms, and with more than SageMaker watches", () => {
    assert.throws(() => blueGreenDeployment(1, []), { message: "0 rollback alarms; allowed: 1 to 10" });
    assert.throws(() => blueGreenDeployment(1, Array.from({ length: 11 }, String)), {
      message: "11 rollback alarms; allowed: 1 to 10",
    });
  });
});

describe("asApi", () => {
  it("spells keys as the SageMaker API does, at every depth, and leaves values alone", () => {
    assert.deepEqual(asApi({ waitIntervalInSeconds: 0, alarms: [{ alarmName: "a" }], none: null }), {
      WaitIntervalInSeconds: 0,
      Alarms: [{ AlarmName: "a" }],
      None: null,
    });
  });
});
