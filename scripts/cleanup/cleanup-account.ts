import { callerOf } from "../caller";
import type { CleanupClients } from "./cleanup-clients";
import type { CleanupScope } from "./cleanup-scope";
import type { CleanupStep } from "./cleanup-step";
import { cleanupSteps } from "./cleanup-steps";

/** The account that is cleaned up. */
export interface CleanupAccount {
  /** 12 digits: where the credentials lead. */
  readonly accountId: () => Promise<string>;
  readonly steps: (scope: CleanupScope) => readonly CleanupStep[];
}

export function cleanupAccount(clients: CleanupClients): CleanupAccount {
  return {
    accountId: async () => (await callerOf(clients.sts)).accountId,
    steps: (scope) => cleanupSteps(clients, scope),
  };
}
