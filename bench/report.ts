/** What one subject took; CPU seconds count all threads, and say more than wall time on a machine with other work. */
export interface Measured {
  /** Wall time in seconds. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Peak resident memory in MB (10^6 bytes) of the measured process. */
  readonly peakMegabytes?: number;
}

/** One measured line of a benchmark. `peer` lines stand beside ours, measured in the same run. */
export interface BenchLine extends Partial<Measured> {
  readonly what: string;
  /** Rows per second or another rate, with its unit in `rateUnit`. */
  readonly rate?: number;
  readonly rateUnit?: string;
  readonly note?: string;
}

/** One row of the README's table, in words. */
export interface Claim {
  readonly what: string;
  readonly ours: string;
  readonly peer?: string;
  /** CPU time for the same work, ours / peer; undefined without a peer. */
  readonly ratio?: number;
}

/** What one benchmark measured; ratios come from one run on one machine, with the peer beside us. */
export interface BenchReport {
  readonly name: string;
  readonly lines: readonly BenchLine[];
  /** Named ratios ours / peer, and the limit that they are held against (never enforced by a test). */
  readonly ratios: readonly { readonly name: string; readonly value: number; readonly target: string }[];
  /** Why a peer is missing ("xgboost is not on the PATH"), and other notes. */
  readonly notes: readonly string[];
  /** What the README says of it. */
  readonly claims?: readonly Claim[];
}
