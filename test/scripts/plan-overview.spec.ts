import assert from "node:assert/strict";
import { planOverview } from "../../scripts/plan-overview";
import { colour } from "../../scripts/terminal/colour";
import { displayWidth } from "../../scripts/terminal/table";
import { planOf } from "../support/plans";

describe("planOverview", () => {
  for (const stack of ["dev", "prod"] as const) {
    it(`shows every slice of ${stack} with its purpose, and no line is too wide`, async () => {
      const plan = await planOf(stack);

      const lines = planOverview(plan, { colour: colour(false), width: 100 });

      const slices = plan.recording.resources.filter(({ type }) => type.startsWith("smartretail:slice:"));
      for (const { name } of slices) {
        const line = lines.find((text) => text.startsWith(`${name} `));
        assert.match(line ?? "", /^[a-z-]+ \d+ +\S+ \S+/, name);
      }
      assert.ok(lines.every((line) => displayWidth(line) <= 100));
    });
  }

  it("counts what AWS makes, not components", async () => {
    const plan = await planOf("prod");

    const [title = ""] = planOverview(plan, { colour: colour(false), width: 100 });

    const made = plan.recording.resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
    assert.ok(title.startsWith(`Plan of prod: ${made.length} resources`), title);
  });
});
