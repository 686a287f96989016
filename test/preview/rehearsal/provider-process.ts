import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import providerRpc from "@pulumi/pulumi/proto/provider_grpc_pb";
import { grpc } from "../../../preview/sdk/sdk-copies";

/** A provider of the rehearsal in a process of its own, and the engine's end of the wire. */
export interface ProviderProcess {
  call<T>(method: string, request: unknown): Promise<T>;
  stop(): void;
}

export async function startProvider(
  name: "aws" | "awsx",
  env: Readonly<Record<string, string>>,
): Promise<ProviderProcess> {
  const main = resolve("preview/rehearsal/plugin-main.ts");
  const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", main, name, "--logtostderr"], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [port] = (await once(child.stdout!, "data")) as [Buffer];
  const client = new providerRpc.ResourceProviderClient(
    `127.0.0.1:${port.toString().trim()}`,
    grpc.credentials.createInsecure(),
  ) as unknown as Record<
    string,
    (request: unknown, done: (error: Error | null, answer: never) => void) => void
  > & {
    close(): void;
  };
  return {
    call: (method, request) =>
      new Promise((done, reject) =>
        client[method]!(request, (error, answer) => (error ? reject(error) : done(answer))),
      ),
    stop: () => {
      client.close();
      child.kill();
    },
  };
}
