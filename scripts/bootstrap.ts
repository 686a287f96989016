/**
 * `npm run bootstrap -- --stack prod --repository owner/name [--region ...] [--dry-run]`: makes what must be there
 * before the first `pulumi up`: the state bucket, its key, the GitHub OIDC provider, the deploy and preview roles. By an
 * administrator, once per account; a second run changes nothing.
 */
import { join } from "node:path";
import { readStackConfig } from "../preview/stack-config";
import { UserError } from "../runtime/engine/files/clear-error";
import { applyFoundation, type Clients } from "./bootstrap/apply";
import { foundationOf, type BootstrapScope } from "./bootstrap/foundation";
import { type Output, terminalOutput } from "./terminal/output";
import { parseOptions } from "./terminal/parse-options";
import { readableText, runCommand } from "./terminal/run-command";
import { usageOf } from "./usage-of";

const ROOT = join(__dirname, "..");
const USAGE = usageOf("bootstrap");

const OPTIONS = {
  stack: { type: "string" },
  repository: { type: "string" },
  region: { type: "string", default: "ap-northeast-1" },
  "dry-run": { type: "boolean", default: false },
} as const;

interface Io extends Output {
  readonly connect: (region: string) => Promise<Clients & { readonly accountId: string }>;
}

/** @returns the exit code */
export async function main(argv: readonly string[], given: Partial<Io> = {}): Promise<number> {
  const io: Io = {
    ...terminalOutput(),
    connect,
    ...given,
  };
  try {
    await bootstrap(argv, io);
    return 0;
  } catch (error) {
    const line = readableText(error);
    if (line === undefined) throw error;
    io.error(line);
    return 1;
  }
}

async function bootstrap(argv: readonly string[], io: Io): Promise<void> {
  const { stack, environment, repository, region, dryRun } = parse(argv);
  const { accountId, ...clients } = await io.connect(region);
  const scope: BootstrapScope = { accountId, region, stack, environment, repository };
  const foundation = foundationOf(scope);
  if (dryRun) return io.out(JSON.stringify(foundation, undefined, 2));
  const done = await applyFoundation(scope, foundation, clients);
  for (const line of done.length > 0 ? done : ["nothing to do: everything is there"]) io.out(line);
  for (const line of nextSteps(scope, foundation)) io.out(line);
}

function nextSteps(
  { accountId, stack, region }: BootstrapScope,
  foundation: ReturnType<typeof foundationOf>,
): string[] {
  return [
    "",
    `GitHub variables of the environments ${stack} and ${stack}-preview:`,
    `  PULUMI_BACKEND_URL    s3://${foundation.stateBucket}?region=${region}`,
    `  AWS_DEPLOY_ROLE_ARN   arn:aws:iam::${accountId}:role/smartretail-deployer`,
    `  AWS_PREVIEW_ROLE_ARN  arn:aws:iam::${accountId}:role/smartretail-preview`,
    `Then, once, and with the two keys that it writes into Pulumi.${stack}.yaml committed:`,
    `  pulumi stack init ${stack} --secrets-provider="awskms://${foundation.keyAlias}?region=${region}"`,
  ];
}

async function connect(region: string): Promise<Clients & { readonly accountId: string }> {
  const [{ IAMClient }, { KMSClient }, { S3Client }, { STSClient }, { callerOf }] = await Promise.all([
    import("@aws-sdk/client-iam"),
    import("@aws-sdk/client-kms"),
    import("@aws-sdk/client-s3"),
    import("@aws-sdk/client-sts"),
    import("./caller.js"),
  ]);
  const { accountId } = await callerOf(new STSClient({ region }));
  return {
    accountId,
    iam: new IAMClient({ region }),
    kms: new KMSClient({ region }),
    s3: new S3Client({ region }),
  };
}

function parse(argv: readonly string[]) {
  const given = parseOptions(argv, OPTIONS, USAGE);
  const { stack, repository = "", region, "dry-run": dryRun } = given;
  if (stack === undefined) throw new UserError(`--stack is not given (${USAGE})`);
  const { config } = readStackConfig(ROOT, stack);
  const environment = config["smartretail:environment"];
  if (environment === undefined)
    throw new UserError(`Pulumi.${stack}.yaml: smartretail:environment is not set`);
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository))
    throw new UserError(`--repository is "${repository}"; allowed: owner/name (${USAGE})`);
  return { stack, environment, repository, region, dryRun };
}

if (require.main === module) runCommand(main);
