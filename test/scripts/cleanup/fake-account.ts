/**
 * An AWS account behind the wire: the real clients serialize, sign, page and retry; this answers from state that deletions
 * change, in pages of two, and keeps AWS's own rules of what must go first.
 */
import { cleanupClients, type CleanupClients } from "../../../scripts/cleanup/cleanup-clients";
import { ec2Answer } from "./fake-ec2";
import { efsAnswer } from "./fake-efs";
import { jsonAnswer } from "./fake-json-services";
import { s3Answer } from "./fake-s3";
import { AwsFault, type Answer, type Request } from "./fake-wire";
import { emptyState, tick, type AccountState } from "./fake-state";

/** What AWS answers instead; undefined lets the call through. */
type Fault = (service: string, operation: string) => Answer | undefined;

export class FakeAccount {
  public readonly state: AccountState = emptyState();
  /** `sagemaker.DeleteEndpoint`, in order. */
  public readonly calls: string[] = [];
  /** How often somebody has waited. */
  public sleeps = 0;
  private faults: Fault[] = [];

  public fail(fault: Fault): void {
    this.faults.push(fault);
  }

  public heal(): void {
    this.faults = [];
  }

  /** What takes time is nearer to its end afterwards. */
  public readonly sleep = (): Promise<void> => {
    this.sleeps += 1;
    tick(this.state);
    return Promise.resolve();
  };

  public clients(): CleanupClients {
    return cleanupClients({
      region: "ap-northeast-1",
      retryMode: "standard",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      requestHandler: { handle: (sent: Request) => this.handle(sent) } as never,
    });
  }

  private async handle(sent: Request) {
    const { hostname } = sent;
    const body = await textOf(sent.body);
    const request = { ...sent, body };
    const service = /([a-z0-9-]+)(?:\.[a-z0-9-]+)?\.amazonaws\.com$/.exec(hostname)?.[1] ?? hostname;
    const operation = operationOf(request);
    this.calls.push(`${serviceOf(service, hostname)}.${operation}`);
    const answer = this.answer(serviceOf(service, hostname), operation, request);
    const type = answer.xml === undefined ? "application/x-amz-json-1.1" : "text/xml";
    return {
      response: {
        statusCode: answer.status ?? 200,
        headers: { "content-type": type },
        body: Buffer.from(answer.xml ?? JSON.stringify(answer.json ?? {})),
      },
    };
  }

  private answer(service: string, operation: string, request: Request): Answer {
    for (const fault of this.faults) {
      const answer = fault(service, operation);
      if (answer !== undefined) return answer;
    }
    try {
      if (service === "s3") return s3Answer(this.state, operation, request);
      if (service === "ec2" || service === "sts") return ec2Answer(this.state, operation, request);
      if (service === "elasticfilesystem") return efsAnswer(this.state, operation, request);
      return { json: jsonAnswer(this.state, service, operation, JSON.parse(request.body || "{}")) };
    } catch (error) {
      if (error instanceof AwsFault) return faultAnswer(service, error);
      throw error;
    }
  }
}

function faultAnswer(service: string, { code, message, status }: AwsFault): Answer {
  if (service === "s3") {
    return { status, xml: `<Error><Code>${code}</Code><Message>${message}</Message></Error>` };
  }
  if (service === "ec2") {
    const error = `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
    return { status, xml: `<Response><Errors>${error}</Errors></Response>` };
  }
  return { status, json: { __type: code, message } };
}

function operationOf({ method, path, query, headers, body }: Request): string {
  const target = headers["x-amz-target"];
  if (target !== undefined) return target.split(".").at(-1) ?? "";
  const action = /(?:^|&)Action=([A-Za-z]+)/.exec(body)?.[1];
  if (action !== undefined) return action;
  const flags = Object.keys(query).filter((key) =>
    ["versions", "uploads", "delete", "uploadId"].includes(key),
  );
  return [method, path.split("/").slice(0, 3).join("/"), ...flags].join(" ");
}

function serviceOf(name: string, hostname: string): string {
  return /(^|\.)s3[.-]/.test(hostname) ? "s3" : (hostname.split(".").find((part) => KNOWN.has(part)) ?? name);
}

const KNOWN = new Set([
  "ec2",
  "sts",
  "elasticfilesystem",
  "ecr",
  "sagemaker",
  "logs",
  "glue",
  "states",
  "kms",
]);

async function textOf(body: unknown): Promise<string> {
  if (body === undefined || body === null) return "";
  if (typeof body === "string") return body;
  if (body instanceof Uint8Array) return new TextDecoder().decode(body);
  const parts: Buffer[] = [];
  for await (const part of body as AsyncIterable<Uint8Array>) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString("utf8");
}
