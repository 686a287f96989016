import assert from "node:assert/strict";
import { planEnvironment } from "../../preview/plan-environment";
import type { Account, Quota } from "../../scripts/preflight/account";
import { main } from "../../scripts/preflight";
import { quotaNeeds } from "../../scripts/preflight/quota-needs";
import { planOf } from "../support/plans";

const GENEROUS: Quota = { code: "L-1", value: 10_000, isAdjustable: true };
/** Real settings: an account of one's own, and an address that somebody reads. */
const REAL = {
  "aws:allowedAccountIds": '["210987654321"]',
  "smartretail:alertEmails": '["ml@smartretail-stores.jp"]',
};

/** An account in which everything is well, but for what a test changes. */
function account(changes: Partial<Account> = {}, quotas: Readonly<Record<string, Quota>> = {}): Account {
  return {
    identity: () =>
      Promise.resolve({
        accountId: "210987654321",
        arn: "arn:aws:sts::210987654321:assumed-role/smartretail-deployer/ci",
      }),
    quotas: () =>
      Promise.resolve({
        get: (name: string) => quotas[name] ?? GENEROUS,
      } as unknown as ReadonlyMap<string, Quota>),
    endpointZones: (names) =>
      Promise.resolve(
        new Map(names.map((name) => [name, ["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"]])),
      ),
    bucket: () => Promise.resolve("free"),
    hasRole: () => Promise.resolve(true),
    activeCostTags: () => Promise.resolve(["CostCenter", "Environment", "ManagedBy", "Owner", "Project"]),
    ...changes,
  };
}

async function run(argv: string[], given: Account | undefined, { docker = true } = {}) {
  const out: string[] = [];
  const code = await main(argv, {
    account: () =>
      given
        ? Promise.resolve(given)
        : Promise.resolve(
            account({
              identity: () =>
                Promise.reject(Object.assign(new Error("none"), { name: "CredentialsProviderError" })),
            }),
          ),
    colour: false,
    error: (text) => out.push(text),
    hasDocker: () => docker,
    out: (text) => out.push(text),
    plan: (stack, options) => planEnvironment(stack, { ...options, overrides: { ...REAL } }),
  });
  return { code, out };
}

/** Plans under other settings end at the deployment's door: the plan's own caller is of the documentation's account. */
const plannedAsUsual = { plan: (stack: string) => planOf(stack as "dev" | "prod") };

describe("quotaNeeds", () => {
  it("counts variants at first, and two whole fleets at full scale-out in an update", async () => {
    const needs = quotaNeeds(await planOf("prod"));

    const hosting = needs.find(({ quota }) => quota === "ml.m5.large for endpoint usage");
    assert.deepEqual([hosting?.start, hosting?.full], [2, 12]);
  });

  it("adds up the shares of serverless endpoints", async () => {
    const needs = quotaNeeds(await planOf("dev"));

    const concurrency = needs.find(({ quota }) => quota.includes("serverless"));
    assert.deepEqual([concurrency?.start, concurrency?.full], [20, 20]);
    assert.ok(!needs.some(({ quota }) => quota.endsWith("endpoint usage")));
  });

  it("asks for jobs, Studio, the network, roles and feature groups, and for no Elastic IP", async () => {
    const quotas = quotaNeeds(await planOf("prod")).map(({ quota }) => quota);

    for (const quota of [
      "ml.m5.xlarge for processing job usage",
      "ml.m5.4xlarge for training job usage",
      "ml.m5.xlarge for transform job usage",
      "Studio JupyterLab Apps running on ml.t3.medium instances",
      "Interface VPC endpoints per VPC",
      "Gateway VPC endpoints per Region",
      "VPCs per Region",
      "Roles per account",
      "Maximum number of feature groups per AWS account",
    ]) {
      assert.ok(quotas.includes(quota), quota);
    }
    assert.ok(!quotas.some((quota) => /elastic/i.test(quota)));
  });
});

describe("npm run preflight", () => {
  it("prints what to request where nobody is signed in", async () => {
    const out: string[] = [];

    const code = await main(["--stack", "prod"], {
      ...plannedAsUsual,
      account: () =>
        Promise.resolve(
          account({
            identity: () =>
              Promise.reject(Object.assign(new Error("none"), { name: "CredentialsProviderError" })),
          }),
        ),
      colour: false,
      hasDocker: () => true,
      out: (text) => out.push(text),
    });

    assert.equal(code, 0);
    assert.match(out[0] ?? "", /^Quotas that prod needs/);
    assert.ok(
      out.some((line) =>
        /sagemaker +ml\.m5\.large for endpoint usage +2 +12 +production variants/.test(line),
      ),
    );
  });

  const online = async (given: Account, docker = true) => {
    const out: string[] = [];
    const plan = await planOf("prod");
    const config = { ...plan.config, config: { ...plan.config.config, ...REAL } };
    const code = await main(["--stack", "prod"], {
      account: () => Promise.resolve(given),
      colour: false,
      hasDocker: () => docker,
      out: (text) => out.push(text),
      plan: () => Promise.resolve({ ...plan, config }),
    });
    return { code, lines: out.filter((line) => !line.startsWith("ok")) };
  };

  it("finds nothing to stop where everything is there", async () => {
    const { code, lines } = await online(account());

    assert.equal(code, 0);
    assert.deepEqual(lines, [
      "later  processing image: built here by Docker during up; set smartretail:processingImageUri to the built digest",
    ]);
  });

  const STOPS: readonly (readonly [string, Account, RegExp])[] = [
    [
      "a quota below the first need, with the command that raises it",
      account({}, { "ml.m5.large for endpoint usage": { code: "L-614B09FD", value: 0, isAdjustable: true } }),
      /^stop +quota sagemaker: ml\.m5\.large for endpoint usage: 0; 2 are needed at first, 12 at most: aws service-quotas request-service-quota-increase --service-code sagemaker --quota-code L-614B09FD --desired-value 12$/,
    ],
    [
      "credentials of another account",
      account({
        identity: () =>
          Promise.resolve({
            accountId: "999999999999",
            arn: "arn:aws:sts::999999999999:assumed-role/smartretail-deployer/x",
          }),
      }),
      /^stop +account and caller: the credentials are of account 999999999999/,
    ],
    [
      "an endpoint that a zone does not have",
      account({
        endpointZones: (names) => Promise.resolve(new Map(names.map((name) => [name, ["ap-northeast-1a"]]))),
      }),
      /^stop +endpoint com\.amazonaws\.ap-northeast-1\.sagemaker\.api: not in ap-northeast-1c, only in ap-northeast-1a$/,
    ],
    [
      "an endpoint that the region does not have",
      account({ endpointZones: () => Promise.resolve(new Map()) }),
      /^stop +endpoint aws\.sagemaker\.ap-northeast-1\.studio: ap-northeast-1 has no such service$/,
    ],
    [
      "a bucket's name that another account has",
      account({ bucket: (name) => Promise.resolve(name.includes("-raw-") ? "taken" : "free") }),
      /^stop +bucket smartretail-prod-raw-210987654321: belongs to another account$/,
    ],
    [
      "a deployer that is not there",
      account({ hasRole: (name) => Promise.resolve(name !== "smartretail-deployer") }),
      /^stop +role smartretail-deployer: not there: npm run bootstrap makes it$/,
    ],
  ];
  for (const [what, given, says] of STOPS) {
    it(`stops at ${what}`, async () => {
      const { code, lines } = await online(given);

      assert.equal(code, 1);
      assert.ok(
        lines.some((line) => says.test(line)),
        lines.join("\n"),
      );
    });
  }

  it("stops where nothing can build the image", async () => {
    const { code, lines } = await online(account(), false);

    assert.equal(code, 1);
    assert.match(lines[0] ?? "", /^stop +processing image: no Docker/);
  });

  it("lets a quota be short of the most, and tags be inactive, for now", async () => {
    const { code, lines } = await online(
      account(
        { activeCostTags: () => Promise.resolve(["Project"]) },
        { "ml.m5.large for endpoint usage": { code: "L-614B09FD", value: 4, isAdjustable: true } },
      ),
    );

    assert.equal(code, 0);
    assert.ok(
      lines.some((line) => /^later +quota sagemaker: ml\.m5\.large for endpoint usage: 4;/.test(line)),
    );
    assert.ok(
      lines.some((line) => /^later +cost-allocation tags: not active: CostCenter, Environment/.test(line)),
    );
  });

  it("explains itself where it is called wrongly", async () => {
    const { code, out } = await run([], account());

    assert.equal(code, 1);
    assert.deepEqual(out, [
      "--stack is not given (npm run preflight -- --stack <name> [--offline] [--json])",
    ]);
  });
});
