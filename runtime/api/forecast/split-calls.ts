/** What one call of an endpoint may carry. */
export interface CallLimits {
  /** Of the request's body. */
  readonly bytes: number;
  readonly rows: number;
}

/**
 * A serverless endpoint takes and answers 4 MB, one on instances 6 MB by AWS's own FAQ; the lower holds for both.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints-invoke.html
 * https://docs.aws.amazon.com/sagemaker/latest/dg/hosting-faqs.html
 *
 * The rows are what the longest request of the API has today in one category (100 SKUs for a week are 700), and some more: a
 * second call in parallel may meet a second cold start, so a request is not split without need.
 */
export const CALL_LIMITS: CallLimits = { bytes: 4_000_000, rows: 1000 };

/**
 * Splits rows into calls, in order. A line break stands between the rows of a call.
 *
 * @param csvOf one row as it is sent
 */
export function splitCalls<T>(rows: readonly T[], csvOf: (row: T) => string, limits = CALL_LIMITS): T[][] {
  const calls: T[][] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = Buffer.byteLength(csvOf(row)) + 1;
    const last = calls.at(-1);
    // The last row has no line break behind it: a call may be full to the byte.
    if (last === undefined || last.length >= limits.rows || bytes + size - 1 > limits.bytes) {
      calls.push([row]);
      bytes = size;
    } else {
      last.push(row);
      bytes += size;
    }
  }
  return calls;
}
