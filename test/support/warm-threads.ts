/**
 * Required by mocha before every spec: worker threads wait for the next spec as they wait for the next stage of a night. Each
 * costs half a second of processor time to start, and the specs would start hundreds. A program under test that runs in a
 * process of its own starts its own.
 */
import { withWarmThreads } from "../../runtime/engine/threads/thread-pool";

void withWarmThreads(() => new Promise<never>(() => undefined));
