import type { Statement } from "../../components/policy-document";
import type { PlanValue } from "../../preview/plan-value";

/** The statements of a policy document as it was registered. */
export function statementsOf(document: PlanValue | undefined): Statement[] {
  if (typeof document !== "string") throw new Error(`no policy document: ${JSON.stringify(document)}`);
  return (JSON.parse(document) as { Statement: Statement[] }).Statement;
}

/** The statement of that name. */
export function statementOf(document: PlanValue | undefined, sid: string): Statement {
  const statements = statementsOf(document);
  const found = statements.find(({ Sid }) => Sid === sid);
  if (!found)
    throw new Error(`no statement ${sid}; there are: ${statements.map(({ Sid }) => Sid).join(", ")}`);
  return found;
}

/** Actions of a statement as a list. */
export function actionsOf({ Action }: Statement): string[] {
  return [Action].flat() as string[];
}

/** Resources of a statement as a list. */
export function resourcesOf({ Resource }: Statement): string[] {
  return [Resource].flat() as string[];
}
