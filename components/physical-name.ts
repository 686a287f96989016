/**
 * A name as AWS keeps it: the parts joined by `-`.
 *
 * Names are spelled out, not generated: ARNs are then known in a preview, so policies can be scoped to them and checked.
 *
 * @param maxLength the longest name that the service takes
 * @throws Error naming the parts and the limit when the name does not fit: cutting it would make two names collide.
 */
export function physicalName(maxLength: number, ...parts: readonly string[]): string {
  const name = parts.join("-");
  if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name) || name.includes("--")) {
    throw new Error(`name "${name}": allowed are lower-case letters, digits and single hyphens`);
  }
  if (name.length > maxLength) {
    throw new Error(`name "${name}" has ${name.length} characters; at most ${maxLength} are allowed`);
  }
  return name;
}
