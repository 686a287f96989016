import { AwsClient } from "aws4fetch";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface SigningOptions {
  /** Region of the API: `ap-northeast-1`. */
  readonly region: string;
  /** Asked before every attempt, so that temporary credentials may change. */
  readonly credentials: () => Promise<Credentials>;
}

export type Sign = (request: Request) => Promise<Request>;

/** Signs for API Gateway: service execute-api. */
export function signer({ region, credentials }: SigningOptions): Sign {
  return async (request) => {
    const aws = new AwsClient({ ...(await credentials()), region, service: "execute-api", retries: 0 });
    return aws.sign(request);
  };
}
