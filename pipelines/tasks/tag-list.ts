import type { Json } from "../../asl/states";
import type { MachinePlace } from "../place";

/** Tags as SageMaker takes them. Step Functions adds one of its own. */
export function tagList({ tags }: MachinePlace): Json {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
