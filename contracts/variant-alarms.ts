/** Alarms of a variant that stand for a bad release: they stop a rollout, and roll an experiment back. */
export const ROLLBACK_ALARMS = ["latency-p99", "server-errors", "model-errors"] as const;

/** CloudWatch: an alarm name has at most 255 characters. */
const ALARM_NAME_MAX = 255;

/**
 * Name of a variant's alarm, known before it exists: the endpoint's rollback configuration and release control go by it.
 *
 * @throws Error for a name that CloudWatch would reject
 */
export function variantAlarmName(endpointName: string, variantName: string, kind: string): string {
  const name = [endpointName, variantName, kind].join("-");
  if (name.length > ALARM_NAME_MAX) {
    throw new Error(
      `alarm name "${name}" has ${name.length} characters; at most ${ALARM_NAME_MAX} are allowed`,
    );
  }
  return name;
}
