import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import type * as Grpc from "@grpc/grpc-js";
import * as pulumi from "@pulumi/pulumi";
import * as engine from "@pulumi/pulumi/proto/engine_pb";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { parse } from "yaml";
import { readFileSync } from "node:fs";
import type { StackConfig } from "../../preview/stack-config";

const ROOT = join(__dirname, "..", "..");
// The SDK's own copy: two copies of grpc do not know each other's services.
const grpc = createRequire(require.resolve("@pulumi/pulumi"))("@grpc/grpc-js") as typeof Grpc;

export interface HostRun {
  readonly exitCode: number | null;
  /** What the program told the engine and its console. */
  readonly log: string;
  readonly seconds: number;
}

type Handler = (request: unknown, callback: (error: Error | null, response?: unknown) => void) => void;

/**
 * Runs index.ts in a process of its own, as the CLI's Node.js language host does: with the `nodeargs` of Pulumi.yaml,
 * through `@pulumi/pulumi/cmd/run`, over gRPC. The engine's part is played by the monitor of the recording in progress.
 */
export async function runLanguageHost({ project, stack, config, secretKeys }: StackConfig): Promise<HostRun> {
  const log: string[] = [];
  const server = new grpc.Server();
  server.addService(ResourceMonitorService, fromMonitor(pulumi.runtime.getMonitor() as never));
  server.addService(EngineService, playEngine(log));
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  const started = performance.now();
  const address = `127.0.0.1:${port}`;
  const child = spawn(process.execPath, hostArguments(address, project, stack), {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_OPTIONS: "",
      PULUMI_CONFIG: JSON.stringify(config),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secretKeys),
      PULUMI_NODEJS_TYPESCRIPT: "false",
    },
  });
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text: Buffer) => log.push(text.toString()));
  const exitCode = await new Promise<number | null>((resolve) => child.on("close", resolve));
  server.forceShutdown();
  return { exitCode, log: log.join(""), seconds: (performance.now() - started) / 1000 };
}

interface ProjectFile {
  readonly main: string;
  readonly runtime: { readonly options: { readonly nodeargs: string; readonly typescript: boolean } };
}

function hostArguments(address: string, project: string, stack: string): string[] {
  const { main, runtime } = parse(readFileSync(join(ROOT, "Pulumi.yaml"), "utf8")) as ProjectFile;
  if (runtime.options.typescript)
    throw new Error("Pulumi.yaml: the CLI would type-check the program at every start");
  return [
    ...runtime.options.nodeargs.split(" "),
    require.resolve("@pulumi/pulumi/cmd/run"),
    ...["--monitor", address, "--engine", address, "--project", project, "--stack", stack],
    ...["--pwd", ROOT, "--root-directory", ROOT, "--organization", "organization", "--parallel", "16"],
    main,
  ];
}

/** Every method that the monitor has; the others answer "not implemented", as an older engine would. */
function fromMonitor(
  monitor: Readonly<Record<string, Handler | undefined>>,
): Grpc.UntypedServiceImplementation {
  const methods = Object.keys(ResourceMonitorService).filter((name) => typeof monitor[name] === "function");
  return Object.fromEntries(
    methods.map((name) => [
      name,
      (call: { request: unknown }, callback: Parameters<Handler>[1]) =>
        monitor[name]?.(call.request, callback),
    ]),
  ) as unknown as Grpc.UntypedServiceImplementation;
}

function playEngine(log: string[]): Grpc.UntypedServiceImplementation {
  type Call<T> = { readonly request: T };
  type Answer = (error: null, response: unknown) => void;
  let root = "";
  return {
    log: ({ request }: Call<engine.LogRequest>, answer: Answer) => {
      log.push(`${request.getMessage()}\n`);
      answer(null, new Empty());
    },
    setRootResource: ({ request }: Call<engine.SetRootResourceRequest>, answer: Answer) => {
      root = request.getUrn();
      answer(null, new engine.SetRootResourceResponse());
    },
    getRootResource: (_call: unknown, answer: Answer) => {
      const response = new engine.GetRootResourceResponse();
      response.setUrn(root);
      answer(null, response);
    },
  } as unknown as Grpc.UntypedServiceImplementation;
}
