import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { isoDate } from "../../forecasting/calendar/day";
import { worldDays } from "../../forecasting/generator/options";
import { generateFiles } from "../../runtime/generate/generate-files";
import { temporaryFolder } from "../runtime/support/temporary-folder";
import { pipeline } from "./support/pipeline-process";
import { endOf } from "./support/week-process";

const WORLD = { stores: 4, skus: 60, days: 130, seed: 7 } as const;

async function seen(child: ChildProcess, words: RegExp): Promise<void> {
  let text = "";
  for await (const [chunk] of toLines(child)) if (words.test((text += String(chunk)))) return;
}

async function* toLines(child: ChildProcess): AsyncGenerator<[unknown]> {
  while (child.exitCode === null) yield (await once(child.stderr!, "data")) as [unknown];
}

describe("npm run pipeline as a process", function () {
  this.timeout(180_000);
  const folder = temporaryFolder();

  it("stops by Ctrl-C with the command that goes on, goes on by it, and does no day twice", async () => {
    const [data, account] = [folder.path("data"), folder.path("account")];
    await generateFiles({ ...WORLD, out: data });
    const argv = ["weekly", "--date", isoDate(worldDays(WORLD).cutoff + 1), "--account", account];
    const child = pipeline([...argv, "--data", data]);
    const end = endOf(child);
    await seen(child, /IngestHistory \(/);

    child.kill("SIGINT");
    const stopped = await end;

    assert.deepEqual([stopped.code, stopped.signal], [130, null], stopped.error);
    const run = stopped.out.trim();
    const command = `npm run pipeline -- ${argv.slice(0, 3).join(" ")} --account '${account}'`;
    assert.ok(stopped.error.includes(`\n${run} stops here and can go on: ${command}\n`), stopped.error);
    const resumed = await endOf(pipeline(argv));
    assert.equal(resumed.code, 0, resumed.error);
    assert.ok(resumed.out.startsWith(`${run}\n${run}: SUCCEEDED\n  Category `), resumed.out);
    assert.match(resumed.out, /\n {2}drinks +refused by the gate +too little to judge by: 56 store x days/);
    const again = await endOf(pipeline(argv));
    assert.equal(again.code, 0, again.error);
    assert.match(again.out, /-2: nothing to do: its day is done already, or another run is at it\n$/);
    assert.doesNotMatch(again.error, /PlanRun/);
    const json = await endOf(pipeline([...argv, "--json"]));
    assert.deepEqual([json.code, json.error], [0, ""]);
    assert.deepEqual(JSON.parse(json.out), { run: `${run.slice(0, -1)}3`, status: "ALREADY DONE" });
  });

  it("leaves a stack's run alone by Ctrl-C, and says how to look at it", async () => {
    const operations: string[] = [];
    const arn = "arn:aws:states:ap-northeast-1:123456789012";
    const entered = { id: 1, type: "TaskStateEntered", stateEnteredEventDetails: { name: "PlanRun" } };
    const left = { id: 2, type: "TaskStateExited", stateExitedEventDetails: { name: "PlanRun" } };
    const answers: Readonly<Record<string, object>> = {
      ListStateMachines: {
        stateMachines: [{ name: "smartretail-dev-nightly", stateMachineArn: `${arn}:stateMachine:x` }],
      },
      StartExecution: { executionArn: `${arn}:execution:x:1`, startDate: 1 },
      DescribeExecution: { status: "RUNNING" },
      GetExecutionHistory: { events: [left, entered] },
    };
    const server = createServer((request, response) => {
      const operation = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
      operations.push(operation);
      request.resume().on("end", () => {
        response.writeHead(answers[operation] ? 200 : 400, { "content-type": "application/x-amz-json-1.0" });
        response.end(JSON.stringify(answers[operation] ?? { __type: "AccessDeniedException" }));
      });
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
      const child = pipeline(["nightly", "--stack", "dev", "--wait"], {
        AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        ...{ AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_EC2_METADATA_DISABLED: "true" },
      });
      const end = endOf(child);
      await seen(child, /PlanRun \(/);

      child.kill("SIGINT");
      const { code, signal, out, error } = await end;

      assert.deepEqual([code, signal, out], [130, null, `${arn}:execution:x:1\n`], error);
      const look = "npm run pipeline -- runs --stack dev shows how it goes";
      assert.ok(error.endsWith(`\n${arn}:execution:x:1 goes on without this command: ${look}\n`), error);
      assert.deepEqual(
        operations.filter((name) => !Object.hasOwn(answers, name)),
        [],
        "nothing stops the run",
      );
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
});
