import * as pulumi from "@pulumi/pulumi";
import * as iam from "@pulumi/aws/iam";
import { policyDocument, type Statement } from "./policy-document";

export interface PolicySetArgs {
  /** Start of the policies' physical names: `<namePrefix>-<part>`, at most 128 characters. */
  readonly namePrefix: string;
  /** What the policies are for, at most 900 characters. */
  readonly description: string;
  /** Rights, one managed policy for each entry; known in a preview. */
  readonly policies: Readonly<Record<string, readonly Statement[]>>;
  /** Whole documents that hold ids of resources, known when those are there; by the same kind of name. @default none */
  readonly documents?: Readonly<Record<string, pulumi.Input<string>>>;
}

/** IAM counts the characters of a managed policy without white space, of which our documents have none. */
const POLICY_LENGTH_MAX = 6144;
/** Managed policies per role. */
const POLICY_COUNT_MAX = 10;
/** IAM: a policy name has at most 128 characters. */
const POLICY_NAME_MAX = 128;

/**
 * Customer-managed policies that belong together: all that one role, or several of a kind, may do.
 *
 * Policies that hold ids stand apart, so that everything else can be read and checked in a first preview.
 */
export class PolicySet extends pulumi.ComponentResource {
  /** By part, in order. */
  public readonly arns: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: PolicySetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("smartretail:identity:PolicySet", name, args, opts);
    const documents = buildDocuments(name, args);
    const arns: Record<string, pulumi.Output<string>> = {};
    for (const [part, policy] of Object.entries(documents)) {
      const { arn } = new iam.Policy(
        `${name}-${part}`,
        { name: `${args.namePrefix}-${part}`, description: `${args.description}: ${part}`, policy },
        { parent: this },
      );
      arns[part] = arn;
    }
    this.arns = arns;
    this.registerOutputs({ arns });
  }
}

function buildDocuments(name: string, args: PolicySetArgs): Record<string, pulumi.Input<string>> {
  const documents: Record<string, pulumi.Input<string>> = {};
  for (const [part, statements] of Object.entries(args.policies)) {
    const document = policyDocument(statements);
    if (document.length > POLICY_LENGTH_MAX) {
      throw new Error(
        `${name}: policy "${part}" has ${document.length} characters; at most ${POLICY_LENGTH_MAX} are allowed`,
      );
    }
    documents[part] = document;
  }
  for (const [part, document] of Object.entries(args.documents ?? {})) {
    if (part in documents) throw new Error(`${name}: "${part}" names two policies`);
    documents[part] = document;
  }
  validateNames(name, args.namePrefix, Object.keys(documents));
  return documents;
}

function validateNames(name: string, namePrefix: string, parts: readonly string[]): void {
  if (parts.length > POLICY_COUNT_MAX) {
    throw new Error(`${name}: has ${parts.length} policies; at most ${POLICY_COUNT_MAX} are allowed`);
  }
  const wrong = parts.find((part) => !/^[\w+=,.@-]+$/.test(`${namePrefix}-${part}`));
  if (wrong !== undefined) {
    throw new Error(`${name}: policy name "${namePrefix}-${wrong}"; allowed are letters, digits and +=,.@-_`);
  }
  const long = parts.find((part) => `${namePrefix}-${part}`.length > POLICY_NAME_MAX);
  if (long !== undefined) {
    throw new Error(
      `${name}: policy name "${namePrefix}-${long}" is too long; at most ${POLICY_NAME_MAX} characters are allowed`,
    );
  }
}
