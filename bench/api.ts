import { spawnSync } from "node:child_process";
import { Agent, request } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { MAX_SKUS } from "../contracts/api";
import { type FunctionName, FUNCTIONS } from "../contracts/functions";
import { type LocalApi, openLocalApi } from "../runtime/api/local-api";
import { nodeServer } from "../runtime/api/node-server";
import type { ModelAnswer } from "../runtime/endpoints/model-endpoint";
import { bundleFunction } from "../components/function-bundle";
import { entryOf } from "../scripts/build-functions";
import { runForecastWeek } from "../scripts/forecast-week";
import type { BenchLine, BenchReport } from "./report";

const SIZES = {
  quick: { requests: 200, seconds: 5 },
  full: { requests: 2000, seconds: 60 },
} as const;
const RATE_PER_SECOND = 200;
const COLD_STARTS = 7;

/** The API over a forecast week of this machine: latencies in process, bundles, cold imports, and a load over HTTP. */
export async function run({ quick }: { quick: boolean }): Promise<BenchReport> {
  const size = quick ? SIZES.quick : SIZES.full;
  const folder = mkdtempSync(join(tmpdir(), "bench-api-"));
  try {
    const week = join(folder, "week");
    await runForecastWeek({ stores: 4, skus: 240, days: 200, seed: 7, out: week, quiet: true });
    const api = await openLocalApi({
      week,
      confirmed: join(folder, "confirmed"),
      log: () => undefined,
      onError: (error) => {
        throw error;
      },
    });
    try {
      const bodies = await requestBodies(api);
      const whole = await latencies(api, bodies, size.requests);
      const overhead = await withoutModels(api, () => latencies(api, bodies, size.requests));
      const load = await loadOverHttp(api, bodies, size.seconds);
      const functions = await Promise.all(
        (Object.keys(FUNCTIONS) as FunctionName[]).map((name) => coldStart(name, folder)),
      );
      return report(whole, overhead, load, functions);
    } finally {
      api.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface StoreRequest {
  readonly path: string;
  readonly body: string;
}

/** MAX_SKUS SKUs of each store for the whole horizon. */
async function requestBodies(api: LocalApi): Promise<StoreRequest[]> {
  const { value: open } = await api.forecast.night.open();
  return Promise.all(
    Object.entries(open.night.stores).map(async ([code, { id }]) => ({
      path: `/stores/${code}/forecasts`,
      body: JSON.stringify({ skus: Object.keys((await open.store(id))!.skus).slice(0, MAX_SKUS) }),
    })),
  );
}

interface Latencies {
  readonly milliseconds: readonly number[];
  /** Processor time of each request, which a busy machine does not change. */
  readonly cpuMilliseconds: readonly number[];
}

async function latencies(
  api: LocalApi,
  requests: readonly StoreRequest[],
  count: number,
): Promise<Latencies> {
  const send = ({ path, body }: StoreRequest) =>
    api.dispatch({
      method: "POST",
      path,
      body,
      headers: { "content-type": "application/json" },
      requestId: "bench",
    });
  for (const each of requests) await send(each);
  const [milliseconds, cpuMilliseconds]: [number[], number[]] = [[], []];
  for (let i = 0; i < count; i++) {
    const [started, before] = [performance.now(), process.cpuUsage()];
    const { status } = await send(requests[i % requests.length]!);
    const { user, system } = process.cpuUsage(before);
    milliseconds.push(performance.now() - started);
    cpuMilliseconds.push((user + system) / 1000);
    if (status !== 200) throw new Error(`the API answered ${status}`);
  }
  return { milliseconds, cpuMilliseconds };
}

/** The same with a model that answers 1 at once: what is left is the handler's own time. */
async function withoutModels<T>(api: LocalApi, work: () => Promise<T>): Promise<T> {
  const { endpoint } = api.forecast as { endpoint: LocalApi["forecast"]["endpoint"] };
  const invoke = endpoint.invoke.bind(endpoint);
  endpoint.invoke = ({ csv }): Promise<ModelAnswer> => {
    let rows = 1;
    for (let at = csv.indexOf("\n"); at >= 0; at = csv.indexOf("\n", at + 1)) rows++;
    return Promise.resolve({ text: "1,".repeat(rows - 1) + "1", contentType: "text/csv" });
  };
  try {
    return await work();
  } finally {
    endpoint.invoke = invoke;
  }
}

interface Load {
  readonly milliseconds: number[];
  readonly errors: number;
  readonly seconds: number;
}

/** RATE_PER_SECOND requests for one SKU and a week each, at their times, whether earlier ones are answered or not. */
async function loadOverHttp(
  api: LocalApi,
  requests: readonly StoreRequest[],
  seconds: number,
): Promise<Load> {
  const server = nodeServer(api.dispatch);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const milliseconds: number[] = [];
  let errors = 0;
  const send = (path: string, body: string) =>
    new Promise<void>((resolve) => {
      const started = performance.now();
      const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
      const call = request(
        { port, host: "127.0.0.1", method: "POST", path: `/v1${path}`, agent, headers },
        (response) => {
          response.resume();
          response.on("end", () => {
            if (response.statusCode !== 200) errors++;
            milliseconds.push(performance.now() - started);
            resolve();
          });
        },
      );
      call.on("error", () => {
        errors++;
        resolve();
      });
      call.end(body);
    });
  const pending: Promise<void>[] = [];
  const started = performance.now();
  const all = RATE_PER_SECOND * seconds;
  for (let sent = 0; sent < all;) {
    const due = Math.min(all, Math.floor(((performance.now() - started) / 1000) * RATE_PER_SECOND) + 1);
    for (; sent < due; sent++) {
      const { path, body } = requests[sent % requests.length]!;
      const { skus } = JSON.parse(body) as { skus: string[] };
      pending.push(send(path, JSON.stringify({ skus: [skus[sent % skus.length]] })));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(pending);
  agent.destroy();
  server.close();
  return { milliseconds, errors, seconds: (performance.now() - started) / 1000 };
}

interface FunctionFigures {
  readonly name: FunctionName;
  readonly zippedKilobytes: number;
  readonly importMilliseconds: number;
}

async function coldStart(name: FunctionName, folder: string): Promise<FunctionFigures> {
  const bundle = await bundleFunction(entryOf(name));
  const file = join(folder, `${name}.js`);
  writeFileSync(file, bundle);
  // Processor time: on a machine that does other things too, the clock measures them.
  const script = `const before = process.cpuUsage(); require(${JSON.stringify(file)});
    const { user, system } = process.cpuUsage(before); console.log((user + system) / 1000)`;
  const runs = Array.from({ length: COLD_STARTS }, () =>
    Number(spawnSync(process.execPath, ["-e", script], { encoding: "utf8" }).stdout),
  );
  return {
    name,
    zippedKilobytes: gzipSync(bundle, { level: 9 }).length / 1024,
    importMilliseconds: Math.min(...runs),
  };
}

function quantile(values: readonly number[], level: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(level * sorted.length))]!;
}

const spread = (milliseconds: readonly number[], unit = "ms") =>
  `p50 ${quantile(milliseconds, 0.5).toFixed(1)} ${unit}, p99 ${quantile(milliseconds, 0.99).toFixed(1)} ${unit}`;
const both = ({ milliseconds, cpuMilliseconds }: Latencies) =>
  `${spread(milliseconds)} (${spread(cpuMilliseconds, "CPU ms")})`;

function report(
  whole: Latencies,
  overhead: Latencies,
  load: Load,
  functions: readonly FunctionFigures[],
): BenchReport {
  const lines: BenchLine[] = [
    { what: `${MAX_SKUS} SKUs x 7 days in process, models included`, note: both(whole) },
    { what: "the same, models answering at once", note: both(overhead) },
    {
      what: `${RATE_PER_SECOND} requests a second over HTTP`,
      seconds: load.seconds,
      rate: load.milliseconds.length / load.seconds,
      rateUnit: "requests/s",
      note: `${load.errors} errors, ${spread(load.milliseconds)}`,
    },
    ...functions.map(({ name, zippedKilobytes, importMilliseconds }) => ({
      what: `function ${name}`,
      note: `${zippedKilobytes.toFixed(0)} KB zipped, ${importMilliseconds.toFixed(0)} CPU ms of a cold import (best of ${COLD_STARTS})`,
    })),
  ];
  return {
    name: "api",
    lines,
    ratios: [
      {
        name: "p99 of the handler alone, CPU ms",
        value: quantile(overhead.cpuMilliseconds, 0.99),
        target: "< 25",
      },
      {
        name: "largest function, KB zipped",
        value: Math.max(...functions.map((each) => each.zippedKilobytes)),
        target: "< 300",
      },
      {
        name: "slowest cold import, CPU ms",
        value: Math.max(...functions.map((each) => each.importMilliseconds)),
        target: "< 150",
      },
      { name: "errors under load", value: load.errors, target: "0" },
    ],
    notes: [`Node ${process.version}; one process sends and answers the load`],
    claims: [
      {
        what: `Forecast of ${MAX_SKUS} SKUs x 7 days by the API's handler, models included`,
        ours: spread(whole.milliseconds),
      },
      {
        what: `${RATE_PER_SECOND} requests a second over HTTP on one machine`,
        ours: `${load.errors} errors, ${spread(load.milliseconds)}`,
      },
    ],
  };
}
