import { AwsFault, type Answer, type Request } from "./fake-wire";
import { page, type AccountState, type FakeObject } from "./fake-state";

export function s3Answer(state: AccountState, operation: string, request: Request): Answer {
  const name = bucketOf(request);
  const objects = state.buckets.get(name);
  if (!objects) throw new AwsFault("NoSuchBucket", "The specified bucket does not exist", 404);
  if (request.headers["x-amz-expected-bucket-owner"] !== state.accountId)
    throw new AwsFault("AccessDenied", "another owner", 403);
  if (operation.includes("versions")) return { xml: versionsXml(objects, request.query["key-marker"]) };
  if (operation.includes("uploads")) return { xml: uploadsXml([...(state.uploads.get(name) ?? [])]) };
  if (operation.includes("uploadId")) {
    state.uploads.get(name)?.delete(String(request.query["uploadId"]));
    return { status: 204, xml: "" };
  }
  if (operation.includes("delete")) {
    const ids = [...request.body.matchAll(/<VersionId>([^<]+)<\/VersionId>/g)].map(([, id]) => id);
    const kept = objects.filter(({ versionId }) => !ids.includes(versionId));
    state.buckets.set(name, kept);
    return { xml: "<DeleteResult></DeleteResult>" };
  }
  throw new Error(`the fake account knows no s3 ${operation}`);
}

function bucketOf({ hostname, path }: Request): string {
  const [first = ""] = hostname.split(".s3.");
  return hostname.startsWith("s3.") ? (path.split("/")[1] ?? "") : first;
}

function versionsXml(objects: readonly FakeObject[], marker: string | null | undefined): string {
  // What was deleted between two pages must not shift the next one: the marker is a key, as in S3.
  const after = objects.filter(({ key }) => marker === undefined || marker === null || key > marker);
  const { items, next } = page(after, undefined);
  const last = items.at(-1);
  const more =
    next === undefined || last === undefined
      ? "<IsTruncated>false</IsTruncated>"
      : `<IsTruncated>true</IsTruncated><NextKeyMarker>${last.key}</NextKeyMarker><NextVersionIdMarker>${last.versionId}</NextVersionIdMarker>`;
  return `<ListVersionsResult>${items.map(versionXml).join("")}${more}</ListVersionsResult>`;
}

function versionXml({ key, versionId, bytes, isMarker }: FakeObject): string {
  const tag = isMarker ? "DeleteMarker" : "Version";
  return `<${tag}><Key>${key}</Key><VersionId>${versionId}</VersionId><Size>${bytes}</Size></${tag}>`;
}

function uploadsXml(ids: readonly string[]): string {
  const each = ids.map((id) => `<Upload><Key>part/${id}</Key><UploadId>${id}</UploadId></Upload>`).join("");
  return `<ListMultipartUploadsResult>${each}<IsTruncated>false</IsTruncated></ListMultipartUploadsResult>`;
}
