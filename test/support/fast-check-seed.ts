/**
 * Required by mocha before every spec: properties draw from one fixed seed, so that a run of the specs has the same
 * outcome on every machine and a red run is the fault of the change before it. FAST_CHECK_SEED takes another seed, or
 * `random` for a new one a property; the workflow `random-seeds` runs so every night, which is where new counterexamples are found.
 */
import fc from "fast-check";

const chosen = process.env["FAST_CHECK_SEED"] ?? "20261001";
if (chosen !== "random") {
  const seed = Number(chosen);
  if (!Number.isInteger(seed)) {
    throw new Error(`FAST_CHECK_SEED is ${JSON.stringify(chosen)}; it is a whole number or "random"`);
  }
  fc.configureGlobal({ seed });
}
