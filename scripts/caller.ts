import { GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";

/** Whose credentials these are. */
export interface Caller {
  /** 12 digits. */
  readonly accountId: string;
  readonly arn: string;
}

/** @throws CredentialsProviderError, by its name, where nobody is signed in */
export async function callerOf(sts: STSClient): Promise<Caller> {
  const { Account: accountId, Arn: arn } = await sts.send(new GetCallerIdentityCommand({}));
  if (accountId === undefined || arn === undefined) throw new Error("STS says nothing of the caller");
  return { accountId, arn };
}
