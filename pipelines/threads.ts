/** Virtual processors of an instance size; a stage has a thread for each. */
const PROCESSORS: Readonly<Record<string, number>> = { medium: 2, large: 2, xlarge: 4 };

/** As the option `--threads` takes it. */
export function threadsOf(instanceType: string): string {
  const size = instanceType.split(".").at(-1) ?? "";
  const many = /^(\d+)xlarge$/.exec(size)?.[1];
  const processors = many === undefined ? PROCESSORS[size] : 4 * Number(many);
  if (processors === undefined) {
    throw new Error(`instance type "${instanceType}": allowed is a size such as large, xlarge or 4xlarge`);
  }
  return String(processors);
}
