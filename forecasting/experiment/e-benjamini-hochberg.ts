/**
 * Which of several experiments have found something, so that the expected share of false findings is at most alpha: e-BH of
 * Wang and Ramdas (JRSSB 2022). Evidence may depend on one another in any way: the categories share stores and weather.
 *
 * @param eValues by key; keys that are not there have no evidence and count in no family
 * @returns keys whose evidence is accepted
 */
export function acceptedFindings<Key extends string>(
  eValues: ReadonlyMap<Key, number>,
  alpha: number,
): Set<Key> {
  const sorted = [...eValues].sort(([, a], [, b]) => b - a);
  const count = sorted.length;
  let accepted = 0;
  sorted.forEach(([, evidence], i) => {
    if (evidence >= count / (alpha * (i + 1))) accepted = i + 1;
  });
  return new Set(sorted.slice(0, accepted).map(([key]) => key));
}
