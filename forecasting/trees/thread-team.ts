/** Slots of the shared control words. */
const ARRIVED = 0;
const GENERATION = 1;
const TICKET = 2;
const STOPPED = 3;
export const CONTROL_WORDS = 4;

/** Looks at the barrier this often before it sleeps: phases are short, and waking a thread costs about 20 microseconds. */
const SPINS_BEFORE_SLEEP = 2000;

/**
 * One thread's view of a team that runs the same program (SPMD): every thread enters the same phases in the same
 * order. Tasks of a phase go to whichever thread is free, so a task must only write what no other task of the
 * phase reads or writes; then the results do not depend on the number of threads.
 */
export class ThreadTeam {
  private firstTicket = 0;

  public constructor(
    private readonly control: Int32Array,
    private readonly threads: number,
  ) {}

  /** Runs `task` for 0 to count-1 across the team, and returns when all are done. */
  public forEach(count: number, task: (index: number) => void): void {
    for (;;) {
      const index = (Atomics.add(this.control, TICKET, 1) - this.firstTicket) | 0;
      if (index >= count) break;
      task(index);
    }
    // Each thread draws exactly one ticket too many: the next phase's tickets start behind them, with no reset.
    this.firstTicket = (this.firstTicket + count + this.threads) | 0;
    this.barrier();
  }

  /** Waits until every thread of the team has arrived. */
  private barrier(): void {
    const generation = Atomics.load(this.control, GENERATION);
    if (Atomics.add(this.control, ARRIVED, 1) + 1 === this.threads) {
      Atomics.store(this.control, ARRIVED, 0);
      Atomics.add(this.control, GENERATION, 1);
      Atomics.notify(this.control, GENERATION);
      return;
    }
    for (let i = 0; i < SPINS_BEFORE_SLEEP; i++) {
      if (Atomics.load(this.control, GENERATION) !== generation) return;
    }
    while (Atomics.load(this.control, GENERATION) === generation) {
      if (Atomics.load(this.control, STOPPED)) throw new Error("another thread of the training stopped");
      Atomics.wait(this.control, GENERATION, generation, 1000);
    }
  }
}

/** Lets the threads that wait at a barrier give up, because one of their team will never arrive. */
export function stopTeam(control: Int32Array): void {
  Atomics.store(control, STOPPED, 1);
  Atomics.notify(control, GENERATION);
}
