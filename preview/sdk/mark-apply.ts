import { AsyncLocalStorage } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";

type Apply = (this: unknown, callback: (value: unknown) => unknown, runWithUnknowns?: boolean) => unknown;

const insideApply = new AsyncLocalStorage<true>();

/** Whether the caller runs in a callback of `Output.apply`. */
export function isInsideApply(): boolean {
  return insideApply.getStore() === true;
}

/** Runs `body` as code of a provider, which may make resources wherever it likes. */
export function outsideApply<T>(body: () => T): T {
  return insideApply.exit(body);
}

/** Every callback of `Output.apply` runs in a context that the registration of a resource can see. */
export function markApply(): () => void {
  const prototype = Object.getPrototypeOf(pulumi.output(0)) as { apply: Apply };
  const original = prototype.apply;
  prototype.apply = function (callback, runWithUnknowns) {
    return original.call(this, (value) => insideApply.run(true, () => callback(value)), runWithUnknowns);
  };
  return () => {
    prototype.apply = original;
  };
}
