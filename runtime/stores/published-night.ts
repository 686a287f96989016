import { PUBLISHED_NIGHT_KEY, type PublishedNight } from "../../contracts/serving-files";
import type { FindNight } from "./night-files";
import type { ObjectStore } from "./object-store";

/** The folder that the results bucket says is published. */
export function publishedNight(objects: ObjectStore, bucket: string): FindNight {
  return async () => {
    const object = await objects.get(PUBLISHED_NIGHT_KEY);
    if (!object) throw new Error(`no night has been published: there is no ${PUBLISHED_NIGHT_KEY}`);
    const { serving } = JSON.parse(object.content.toString("utf8")) as Partial<PublishedNight>;
    const root = `s3://${bucket}/`;
    if (!serving?.startsWith(root)) {
      throw new Error(`${PUBLISHED_NIGHT_KEY}: "serving" is "${serving}"; allowed: a folder of ${root}`);
    }
    return `${serving.slice(root.length)}/`;
  };
}
