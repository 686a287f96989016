import assert from "node:assert/strict";
import { main } from "../../scripts/drift";

describe("npm run drift", () => {
  it("says which replays there are when none or another one is asked for", async () => {
    await assert.rejects(main([]), /--replay is missing: exercise-7-1/);
    await assert.rejects(main(["--replay", "exercise-9"]), /--replay is "exercise-9"; allowed: exercise-7-1/);
  });
});
