import { type NightManifest, publishedKey } from "../../contracts/runs";
import type { FindNight } from "./night-files";
import type { ObjectStore } from "./object-store";

const KEY = publishedKey("night");

/** The folder that the results bucket says is published. */
export function publishedNight(objects: ObjectStore, bucket: string): FindNight {
  return async () => {
    const object = await objects.get(KEY);
    if (!object) throw new Error(`no night has been published: there is no ${KEY}`);
    const { serving } = JSON.parse(object.content.toString("utf8")) as Partial<NightManifest>;
    const root = `s3://${bucket}/`;
    if (!serving?.startsWith(root)) {
      throw new Error(`${KEY}: "serving" is "${serving}"; allowed: a folder of ${root}`);
    }
    return `${serving.slice(root.length)}/`;
  };
}
