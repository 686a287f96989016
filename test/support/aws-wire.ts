import type { SageMakerClientConfig } from "@aws-sdk/client-sagemaker";

/** One request as it went out. */
export interface AwsCall {
  /** Prefix of the service in IAM. */
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** The answer to a request: a status and a body, or a body alone for 200. */
type Answer = readonly [status: number, body: unknown];

interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How services whose protocol is JSON call themselves on the wire, and in IAM. */
const SERVICES: Readonly<Record<string, string>> = {
  AmazonSSM: "ssm",
  AnyScaleFrontendService: "application-autoscaling",
  AWSStepFunctions: "states",
  SageMaker: "sagemaker",
};

/**
 * Configuration of AWS clients that are real but for the wire: they serialize, sign, page and retry, and `answer` is the
 * other side.
 */
export function awsWire(answer: (call: AwsCall) => Answer) {
  const calls: AwsCall[] = [];
  const requestHandler = {
    handle: ({ headers, body }: Sent) => {
      const [target = "", operation = ""] = (headers["x-amz-target"] ?? "").split(".");
      const service = SERVICES[target];
      if (service === undefined) throw new Error(`no service of IAM is known for ${target}`);
      const call = { service, operation, input: JSON.parse(body) as Record<string, unknown> };
      calls.push(call);
      const [statusCode, value] = answer(call);
      return Promise.resolve({
        response: {
          statusCode,
          headers: { "content-type": "application/x-amz-json-1.1" },
          body: Buffer.from(JSON.stringify(value)),
        },
      });
    },
  } as unknown as SageMakerClientConfig["requestHandler"];
  const config = {
    region: "ap-northeast-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    requestHandler,
  };
  return { config, calls };
}
