type Values = Readonly<Record<string, unknown>>;

/** Paths of the properties that differ, without places in lists: `offlineStoreConfig.s3StorageConfig.s3Uri`. */
export function changedPaths(before: Values, after: Values, prefix = ""): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const paths = [...keys].flatMap((key) => changed(before[key], after[key], `${prefix}${key}`));
  return [...new Set(paths)].sort();
}

function changed(before: unknown, after: unknown, path: string): string[] {
  if (before === after) return [];
  if (Array.isArray(before) && Array.isArray(after)) {
    if (before.length !== after.length) return [path];
    return before.flatMap((item: unknown, i) => changed(item, after[i], path));
  }
  if (isObject(before) && isObject(after)) return changedPaths(before, after, `${path}.`);
  return [path];
}

function isObject(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
