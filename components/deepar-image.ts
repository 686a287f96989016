/** SageMaker's built-in DeepAR container; its registries differ by region, so a region is added here with its own account number. */
const REGISTRY_ACCOUNTS: Readonly<Record<string, string>> = { "ap-northeast-1": "633353088612" };
const RELEASE = "1";

/** @throws Error when the registry of `region` is not known here */
export function deepArImageUri(region: string): string {
  const account = REGISTRY_ACCOUNTS[region];
  if (account === undefined) {
    throw new Error(
      `the DeepAR image has no known registry in region "${region}"; known: ${Object.keys(REGISTRY_ACCOUNTS).join(", ")}`,
    );
  }
  return `${account}.dkr.ecr.${region}.amazonaws.com/forecasting-deepar:${RELEASE}`;
}
