/** Something of the environment that `pulumi destroy` cannot delete, would stumble over or leaves behind. */
export interface Remnant {
  /** Unique within its step. */
  readonly name: string;
  /** What there is of it: "31,204 versions, 12.1 GB". */
  readonly detail: string;
  /** US dollars a month while it stays, on demand; undefined where only its use is billed. */
  readonly monthlyUsd?: number;
  /** Its deletion was requested earlier and is under way: it is waited for and not requested again. */
  readonly isLeaving?: boolean;
  /** Why AWS has given up deleting it: nobody waits for it, and the next run requests it again. */
  readonly stuckBecause?: string;
}

/**
 * One kind of remnant. `find` asks the account afresh and names only what is provably of the environment, so a run that
 * was stopped is resumed by the next one without any state of its own.
 */
export interface CleanupStep<T extends Remnant = Remnant> {
  /** As the table shows it: "Studio apps". */
  readonly kind: string;
  readonly find: () => Promise<readonly T[]>;
  /** What is gone already counts as deleted. */
  readonly remove: (remnant: T) => Promise<void>;
  /** AWS takes minutes: later steps begin when `find` names none of them any more. */
  readonly isWaitedFor: boolean;
}

/** Hides the type of a step's remnants, which only the step itself hands back to itself. */
export function cleanupStep<T extends Remnant>(step: CleanupStep<T>): CleanupStep {
  return { ...step, remove: (remnant) => step.remove(remnant as T) };
}
