import { JournalTable } from "../components/journal-table";
import { Slice } from "../components/slice";
import { EXPERIMENT_KEYS, experimentTableName } from "../contracts/experiment";
import type { Context } from "./context";
import type { Keys } from "./keys";

/**
 * The journal of the experiments: every decision with its evidence, and so the state of each category (docs/adr/0083). The
 * key is the one of what the platform says of itself; release control and the router have it already.
 */
export function createExperiments({ prefix, settings }: Context, { keys }: { readonly keys: Keys }): void {
  const slice = new Slice("experiments");
  new JournalTable(
    "journal",
    {
      tableName: experimentTableName(prefix),
      partitionKey: EXPERIMENT_KEYS.category,
      sortKey: EXPERIMENT_KEYS.revision,
      kmsKeyArn: keys.operations.arn,
      isProtected: settings.protectData,
    },
    { parent: slice },
  );
}
