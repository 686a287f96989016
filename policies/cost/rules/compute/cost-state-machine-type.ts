import type { ResourceRule, State } from "../../../kit";
import { STATE_MACHINE } from "../tokens";

/** An Express workflow ends after five minutes at the latest. */
const EXPRESS_SECONDS = 300;

export const costStateMachineType: ResourceRule = {
  id: "cost-state-machine-type",
  title: "Short workflows that wait for nothing are of the Express type",
  severity: "low",
  rationale:
    "Standard workflows are billed by state transition, Express ones by duration: for frequent short flows a fraction.",
  remedy: "Set type to EXPRESS, or leave the rule off when the history of every execution is needed.",
  controls: [],
  optIn: true,
  inspects: { [STATE_MACHINE]: ["type", "definition"] },
  check: (machine) => {
    const states = machine.stateMachine("definition")?.states;
    if (states === undefined || machine.at("type").read<string>("STANDARD") !== "STANDARD") return;
    if (!states.some(needsStandard)) machine.fail("nothing in the workflow needs the Standard type", "type");
  },
};

/** Waits for a job or a callback, or waits long: an Express workflow can do none of these. */
function needsStandard(state: State): boolean {
  const resource = state.body.Resource;
  if (typeof resource === "string" && /\.(sync(:\d)?|waitForTaskToken)$/.test(resource)) return true;
  if (state.type !== "Wait") return false;
  const seconds = state.at("Seconds").known;
  return typeof seconds !== "number" || seconds >= EXPRESS_SECONDS;
}
