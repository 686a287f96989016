/**
 * SageMaker's built-in XGBoost container.
 *
 * Release 3.2-0 has been generally available since 2026-05 and is patched until 2027-05; 3.0-5 ended in 2026-11.
 * The registries differ by region, so a region is added here with its own account number.
 */
const REGISTRY_ACCOUNTS: Readonly<Record<string, string>> = { "ap-northeast-1": "354813040037" };
const RELEASE = "3.2-0";

/** @throws Error when the registry of `region` is not known here */
export function xgboostImageUri(region: string): string {
  const account = REGISTRY_ACCOUNTS[region];
  if (account === undefined) {
    throw new Error(
      `the XGBoost image has no known registry in region "${region}"; known: ${Object.keys(REGISTRY_ACCOUNTS).join(", ")}`,
    );
  }
  return `${account}.dkr.ecr.${region}.amazonaws.com/sagemaker-xgboost:${RELEASE}`;
}
