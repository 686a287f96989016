import type { Json, States } from "../../../../asl/states";

interface Deferred {
  promise: Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (reason: unknown) => void;
}

/** The peer is written for Node 22, where this is built in. */
function addWithResolvers(): void {
  const promises = Promise as unknown as { withResolvers?: () => Deferred };
  promises.withResolvers ??= () => {
    const deferred = {} as Deferred;
    deferred.promise = new Promise((resolve, reject) => Object.assign(deferred, { resolve, reject }));
    return deferred;
  };
}

interface PeerEvent {
  readonly type: string;
  readonly state?: { readonly name: string };
  /** Of the event that ends a failed run. */
  readonly Error?: string;
}

/** Runs a JSONPath machine by aws-local-stepfunctions, without any waiting. */
export async function runPeer(
  machine: States,
  input: Json,
  answer: (state: string, input: Json) => Json,
): Promise<{ readonly output?: Json; readonly error?: string; readonly entered: readonly string[] }> {
  addWithResolvers();
  const { StateMachine } = await import("aws-local-stepfunctions");
  const tasks = namesOf(machine, "Task");
  const peer = new StateMachine(machine as never, { validationOptions: { noValidate: true } });
  const { result, eventLogs } = peer.run(input as never, {
    overrides: {
      taskResourceLocalHandlers: Object.fromEntries(
        tasks.map((name) => [name, (given: unknown) => answer(name, given as Json) as never]),
      ),
      retryIntervalOverrides: Object.fromEntries(tasks.map((name) => [name, 0])),
      waitTimeOverrides: Object.fromEntries(namesOf(machine, "Wait").map((name) => [name, 0])),
    },
  });
  const entered: string[] = [];
  let error: string | undefined;
  const reading = (async () => {
    for await (const event of eventLogs as AsyncIterable<PeerEvent>) {
      if (event.type === "StateEntered") entered.push(event.state!.name);
      if (event.type === "ExecutionFailed") error = event.Error;
    }
  })();
  const output = (await result.catch(() => undefined)) as Json | undefined;
  await reading;
  return { output, error, entered };
}

function namesOf({ States: states }: States, type: string): string[] {
  return Object.entries(states).flatMap(([name, state]) => [
    ...(state.Type === type ? [name] : []),
    ...(state.Type === "Map" ? namesOf(state.ItemProcessor, type) : []),
    ...(state.Type === "Parallel" ? state.Branches.flatMap((branch) => namesOf(branch, type)) : []),
  ]);
}
