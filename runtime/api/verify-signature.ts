import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { Problem } from "./problem";

export interface Signer {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

const SERVICE = "execute-api";
/** AWS takes requests that were signed at most so long ago. */
const LONGEST_MILLISECONDS = 5 * 60_000;

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

/**
 * What API Gateway does with IAM authorisation, for a server on this machine: Signature Version 4 of one signer. Written from
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
 *
 * @throws Problem not-signed
 */
export function verifySignature(request: IncomingMessage, body: string, signer: Signer, now: number): void {
  const { authorization } = request.headers;
  if (authorization === undefined) throw new Problem("not-signed", "there is no Authorization header");
  const parts = AUTHORIZATION.exec(authorization);
  if (!parts) throw new Problem("not-signed", "the Authorization header is no AWS Signature Version 4");
  const [, keyId, date, region, service, signedHeaders, signature] = parts as unknown as string[];
  const at = String(request.headers["x-amz-date"] ?? "");
  if (keyId !== signer.accessKeyId || region !== signer.region || service !== SERVICE) {
    throw new Problem("not-signed", `it is signed by ${keyId} for ${service} in ${region}`);
  }
  const age = Math.abs(now - timeOf(at));
  if (!(age <= LONGEST_MILLISECONDS) || !at.startsWith(date!)) {
    throw new Problem("not-signed", `it was signed at "${at}", more than five minutes from now`);
  }
  const names = signedHeaders!.split(";");
  if (!names.includes("host")) throw new Problem("not-signed", "the header host is not signed");
  const scope = `${date}/${region}/${service}/aws4_request`;
  const canonical = canonicalRequest(request, body, names);
  const text = ["AWS4-HMAC-SHA256", at, scope, sha256(canonical)].join("\n");
  const key = [date!, region!, service!, "aws4_request"].reduce(
    (secret: string | Buffer, part) => hmac(secret, part),
    `AWS4${signer.secretAccessKey}`,
  );
  if (!timingSafeEqual(hmac(key, text), Buffer.from(signature!, "hex"))) {
    throw new Problem("not-signed", "the signature is wrong");
  }
}

function canonicalRequest(request: IncomingMessage, body: string, names: readonly string[]): string {
  const [path = "/", query = ""] = (request.url ?? "/").split("?");
  return [
    request.method,
    // Every service but S3 signs the path encoded once more.
    path.split("/").map(encode).join("/"),
    query.split("&").sort().join("&"),
    ...names.map(
      (name) =>
        `${name}:${String(request.headers[name] ?? "")
          .trim()
          .replaceAll(/ +/g, " ")}`,
    ),
    "",
    names.join(";"),
    sha256(body),
  ].join("\n");
}

const encode = (text: string) =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();

/** `20261123T010203Z` in milliseconds since 1970; NaN for anything else. */
function timeOf(text: string): number {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(text);
  if (!parts) return NaN;
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number);
  return Date.UTC(year!, month! - 1, day, hour, minute, second);
}
