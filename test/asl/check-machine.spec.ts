import assert from "node:assert/strict";
import { checkMachine } from "../../asl/checks/check-machine";
import type { Machine, State, TaskState } from "../../asl/states";

const TASK: TaskState = {
  Type: "Task",
  Resource: "arn:aws:states:::aws-sdk:s3:getObject",
  Arguments: {},
  TimeoutSeconds: 60,
  End: true,
};

const machine = (states: Record<string, unknown>, start = Object.keys(states)[0]!): Machine => ({
  Comment: "",
  QueryLanguage: "JSONata",
  TimeoutSeconds: 60,
  StartAt: start,
  States: states as Record<string, State>,
});

const MISTAKES: readonly [what: string, states: Record<string, unknown>, found: string][] = [
  [
    "a variable that nothing assigns",
    { A: { Type: "Pass", Output: "{% $day %}", End: true } },
    "A: $day may not have been assigned",
  ],
  [
    "a variable that only one of two ways assigns",
    {
      A: { Type: "Choice", Choices: [{ Condition: "{% true %}", Next: "B" }], Default: "C" },
      B: { Type: "Pass", Assign: { day: 1 }, Next: "C" },
      C: { Type: "Pass", Output: "{% $day %}", End: true },
    },
    "C: $day may not have been assigned",
  ],
  [
    "a variable that is assigned only when the task succeeds, read when it fails",
    {
      A: {
        ...TASK,
        Assign: { day: 1 },
        End: undefined,
        Next: "B",
        Catch: [{ ErrorEquals: ["States.ALL"], Next: "B" }],
      },
      B: { Type: "Pass", Output: "{% $day %}", End: true },
    },
    "B: $day may not have been assigned",
  ],
  [
    "a variable with the name of a function",
    { A: { Type: "Pass", Assign: { error: 1 }, End: true } },
    'A: assigns "error", which the function $error hides',
  ],
  [
    "States.ALL before other errors",
    {
      A: {
        ...TASK,
        Catch: [
          { ErrorEquals: ["States.ALL"], Next: "B" },
          { ErrorEquals: ["States.Timeout"], Next: "B" },
        ],
      },
      B: { Type: "Succeed" },
    },
    "A: Catch has States.ALL beside or before others; allowed: alone and last",
  ],
  [
    "another jitter",
    { A: { ...TASK, Retry: [{ ErrorEquals: ["States.TaskFailed"], JitterStrategy: "SOME" }] } },
    "A: JitterStrategy is SOME; allowed: FULL, NONE",
  ],
  [
    "a heartbeat that is longer than the task",
    { A: { ...TASK, HeartbeatSeconds: 60 } },
    "A: HeartbeatSeconds 60 is not below TimeoutSeconds 60",
  ],
  [
    "a call that is no integration",
    { A: { ...TASK, Resource: "arn:aws:lambda:x" } },
    "A: calls arn:aws:lambda:x; allowed: a service integration",
  ],
  [
    "a state that no way leads to",
    { A: { Type: "Succeed" }, B: { Type: "Succeed" } },
    "B: no way leads to it",
  ],
  ["a state that does not exist", { A: { Type: "Pass", Next: "B" } }, "B: no such state"],
  [
    "text that is no JSONata",
    { A: { Type: "Pass", Output: "{% $sum( %}", End: true } },
    'A: {% $sum( %} is no JSONata: Expected ")" before end of expression',
  ],
  [
    "a function that Step Functions does not have",
    { A: { Type: "Pass", Output: '{% $eval("1") %}', End: true } },
    "A: calls $eval, which Step Functions does not have",
  ],
  [
    "a variable inside that hides one outside",
    {
      A: { Type: "Pass", Assign: { day: 1 }, Next: "B" },
      B: {
        Type: "Map",
        Items: [1],
        ItemProcessor: { StartAt: "C", States: { C: { Type: "Pass", Assign: { day: 2 }, End: true } } },
        End: true,
      },
    },
    "$day: is assigned in an outer flow too",
  ],
  [
    "two states of one name",
    {
      A: {
        Type: "Map",
        Items: [1],
        ItemProcessor: { StartAt: "A", States: { A: { Type: "Succeed" } } },
        End: true,
      },
    },
    "A: two states have this name; it must be one in the whole machine",
  ],
];

describe("checkMachine", () => {
  for (const [what, states, found] of MISTAKES) {
    it(`finds ${what}`, () => {
      assert.deepEqual(checkMachine(machine(states)), [found]);
    });
  }

  it("knows what an expression defines itself, and what the outer flow has assigned", () => {
    const states = {
      A: { Type: "Pass", Assign: { day: 1 }, Next: "B" },
      B: {
        Type: "Map",
        Items: "{% [1..$day] %}",
        ItemProcessor: {
          StartAt: "C",
          States: {
            C: {
              Type: "Pass",
              Output: "{% ($x := $day; $map([1], function($v) { $v + $x + $states.input })) %}",
              End: true,
            },
          },
        },
        End: true,
      },
    };

    assert.deepEqual(checkMachine(machine(states)), []);
  });
});
