import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { STACKS } from "../support/environments";
import { planOf } from "../support/plans";

const LINK = /docs\/runbook\.md#([a-z0-9-]+)$/;

/** Sections of the runbook with what they say. */
function sections(): Map<string, string> {
  const [, ...parts] = readFileSync("docs/runbook.md", "utf8").split(/^## /m);
  return new Map(parts.map((part) => [part.slice(0, part.indexOf("\n")), part]));
}

async function descriptions(): Promise<Map<string, string>> {
  const plans = await Promise.all(STACKS.map((stack) => planOf(stack)));
  const alarms = plans.flatMap(({ recording }) =>
    recording.resources.filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm"),
  );
  return new Map(alarms.map(({ name, inputs }) => [name, String(inputs.alarmDescription)]));
}

describe("runbook", function () {
  this.timeout(60_000);

  it("has a section for every alarm, which the alarm's description links to", async () => {
    const known = sections();
    const alarms = await descriptions();

    assert.ok(alarms.size > 0);
    for (const [name, text] of alarms) {
      const section = LINK.exec(text)?.[1];
      assert.ok(section !== undefined && known.has(section), `${name}: ${text}`);
    }
  });

  it("has no section that no alarm leads to", async () => {
    const linked = [...(await descriptions()).values()].map((text) => LINK.exec(text)?.[1]);

    assert.deepEqual([...sections().keys()].sort(), [...new Set(linked)].sort());
  });

  it("says in each section what it means, what to look at and what to do", () => {
    for (const [name, text] of sections()) {
      for (const heading of ["Means", "Look", "Do"])
        assert.match(text, new RegExp(`\\*\\*${heading}\\*\\*`), name);
    }
  });
});
