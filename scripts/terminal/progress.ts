/** Progress of one long step, on stderr: redrawn in place on a terminal, one line per step elsewhere. */
export interface Progress {
  /** Replaces the text shown beside the step's name. */
  readonly update: (detail: string) => void;
  /** Ends the step with what it did and the seconds that it took. */
  readonly done: (detail?: string) => void;
}

export interface ProgressOptions {
  readonly stream?: { isTTY?: boolean; write(text: string): unknown };
  readonly quiet?: boolean;
  readonly now?: () => number;
}

/** Redraws at most ten times a second: more only flickers. */
const REDRAW_MILLISECONDS = 100;

export function startProgress(name: string, options: ProgressOptions = {}): Progress {
  const stream = options.stream ?? process.stderr;
  const now = options.now ?? (() => performance.now());
  if (options.quiet) return { update: () => undefined, done: () => undefined };
  const live = stream.isTTY === true;
  const started = now();
  let drawn = -Infinity;
  const clear = live ? "\r\u001b[2K" : "";
  const show = (detail: string) => stream.write(`${clear}  ${name} ${detail}`);
  if (live) show("…");
  return {
    update: (detail) => {
      if (!live || now() - drawn < REDRAW_MILLISECONDS) return;
      drawn = now();
      show(detail);
    },
    done: (detail = "") => {
      const seconds = ((now() - started) / 1000).toFixed(1);
      stream.write(`${clear}  ${[name, detail].filter(Boolean).join(": ")} (${seconds} s)\n`);
    },
  };
}
