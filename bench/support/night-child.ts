/** The child of bench/night: one whole night in a process of its own, so that its peak memory is the night's. */
import { readFileSync } from "node:fs";
import { readItems } from "../../runtime/ordering/item-terms";
import { DEFAULT_KNOBS } from "../../runtime/ordering/order";
import { scoreNight } from "../../runtime/scoring/batch-score";
import { Database } from "../../runtime/engine/duckdb/database";
import { openLakeViews } from "../../runtime/lake/lake-views";
import type { OrderTask } from "../../runtime/scoring/order-block";
import { withThreadPool } from "../../runtime/engine/threads/thread-pool";
import type { NightInputs } from "./night-setup";

async function readOrderTask(lake: string): Promise<OrderTask> {
  const database = await Database.open({ memoryMegabytes: 200 });
  try {
    await openLakeViews(database, lake);
    return { items: await readItems(database), knobs: DEFAULT_KNOBS };
  } finally {
    database.close();
  }
}

async function main([lake, out, inputs, orders]: readonly string[]): Promise<void> {
  const { baseline, models, dispersions } = JSON.parse(readFileSync(inputs!, "utf8")) as NightInputs;
  const task = orders === "orders" ? await readOrderTask(lake!) : undefined;
  const report = await withThreadPool({ threads: 2 }, (pool) =>
    scoreNight({ lake: lake!, out: out!, baseline, models, dispersions, orders: task, pool }),
  );
  console.log(JSON.stringify(report));
}

void main(process.argv.slice(2));
