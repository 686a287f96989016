/**
 * Letters of the zones in which every account can make subnets today. Tokyo's b is closed to new accounts.
 * Named zones keep the subnets where they are when AWS opens another one.
 */
const ZONE_LETTERS: Readonly<Record<string, string>> = { "ap-northeast-1": "acd", "ap-northeast-3": "abc" };

/** The first `count` zones of a region, or undefined where AWS should choose: the region is not one that we know. */
export function zoneNames(region: string, count: number): string[] | undefined {
  const letters = ZONE_LETTERS[region];
  return letters === undefined ? undefined : [...letters].slice(0, count).map((letter) => region + letter);
}
