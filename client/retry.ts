import type { Sign } from "./sign";

export interface RetryOptions {
  /** Milliseconds for one attempt. @default 3000 */
  readonly timeoutMilliseconds?: number;
  /** Attempts in all: every operation may be sent twice without harm. @default 3 */
  readonly attempts?: number;
  /** Waits between attempts; an argument, so that a test does not wait. */
  readonly sleep?: (milliseconds: number) => Promise<void>;
}

/** What goes away by itself: too many requests, and what servers in between say when the API cannot be reached. */
const PASSING_STATUSES = [429, 502, 503, 504];
/** Longest wait before the second attempt; it doubles, and the wait is anything up to it. */
const FIRST_WAIT_MILLISECONDS = 200;
/** A person waits for the answer: longer is no answer. */
const LONGEST_WAIT_MILLISECONDS = 5000;

const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** fetch that signs, ends an attempt in time, and tries again what passes. Each attempt has a signature of its own. */
export function retryingFetch(
  sign: Sign,
  { timeoutMilliseconds = 3000, attempts = 3, sleep = wait }: RetryOptions,
): (request: Request) => Promise<Response> {
  return async (request) => {
    for (let attempt = 1; ; attempt++) {
      const isLast = attempt >= attempts;
      const signal = AbortSignal.timeout(timeoutMilliseconds);
      try {
        const response = await fetch(await sign(request.clone()), { signal });
        if (isLast || !PASSING_STATUSES.includes(response.status)) return response;
        await response.body?.cancel();
        await sleep(waitOf(attempt, response.headers.get("retry-after")));
      } catch (error) {
        if (isLast) throw error;
        await sleep(waitOf(attempt, null));
      }
    }
  };
}

/** What the server asks for, else a wait drawn at random: callers that failed together must not return together. */
function waitOf(attempt: number, retryAfter: string | null): number {
  const asked = retryAfter !== null && /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : undefined;
  const drawn = Math.random() * FIRST_WAIT_MILLISECONDS * 2 ** (attempt - 1);
  return Math.min(asked ?? drawn, LONGEST_WAIT_MILLISECONDS);
}
