/**
 * A provider of a rehearsal as the engine starts it: `plugin-main.ts aws|awsx [--logtostderr ...] ENGINE`. It prints its
 * port and serves until it is ended. REHEARSAL_JOURNAL names the file of the imaginary account.
 */
import { main } from "@pulumi/pulumi/provider";
import { AwsxProvider } from "./awsx-provider";
import { MemoryProvider } from "./memory-provider";
import { ProviderJournal } from "./provider-journal";
import { REHEARSAL_JOURNAL, REHEARSAL_REGION, pluginVersion } from "./plugin-settings";

const [name, ...argv] = process.argv.slice(2);
const journal = new ProviderJournal(process.env[REHEARSAL_JOURNAL]);
const region = process.env[REHEARSAL_REGION] ?? "ap-northeast-1";
const provider =
  name === "awsx"
    ? new AwsxProvider(region, journal, pluginVersion("awsx"))
    : new MemoryProvider(region, journal, pluginVersion("aws"));
void main(provider, argv);
