/** Id of a production variant to Application Auto Scaling: stable as long as both names are, whatever the configuration. */
export function variantResourceId(endpointName: string, variantName: string): string {
  return `endpoint/${endpointName}/variant/${variantName}`;
}
