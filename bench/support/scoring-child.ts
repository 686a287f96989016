/** The child of bench/batch-scoring: the stages in a process of their own, so that its peak memory is theirs. */
import { join } from "node:path";
import { orderWeek } from "../../runtime/ordering/order-week";
import { batchScore } from "../../runtime/scoring/batch-score";

async function main([lake, out, baseline, models, evaluation, orders]: readonly string[]): Promise<void> {
  const forecasts = join(out!, "forecasts");
  const folders = { lake: lake!, evaluation: evaluation! };
  const report = await batchScore({ ...folders, baseline: baseline!, models: models!, out: forecasts });
  const { lines } =
    orders === "orders"
      ? await orderWeek({ ...folders, forecasts, out: join(out!, "orders") })
      : { lines: 0 };
  console.log(JSON.stringify({ ...report, orderLines: lines }));
}

void main(process.argv.slice(2));
