import assert from "node:assert/strict";
import { awsAccount, type ClientSettings } from "../../../scripts/preflight/aws-account";

interface Sent {
  readonly hostname: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}
type Answer = { readonly status?: number; readonly body: string; readonly type?: string };

/** Real clients: they serialize, sign and retry; only the wire is ours. */
function clients(answer: (sent: Sent) => Answer) {
  const seen: Sent[] = [];
  const requestHandler = {
    handle: (request: Sent) => {
      seen.push(request);
      const { status = 200, body, type = "application/json" } = answer(request);
      return Promise.resolve({
        response: { statusCode: status, headers: { "content-type": type }, body: Buffer.from(body) },
      });
    },
  };
  const settings = {
    region: "ap-northeast-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    requestHandler,
  } as unknown as ClientSettings;
  return { account: awsAccount(settings), seen };
}

const operation = ({ headers }: Sent) => headers["x-amz-target"]?.split(".").at(-1);

describe("awsAccount", () => {
  it("asks STS who calls", async () => {
    const { account, seen } = clients(() => ({
      type: "text/xml",
      body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
        <Arn>arn:aws:sts::210987654321:assumed-role/a/b</Arn><Account>210987654321</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
    }));

    assert.deepEqual(await account.identity(), {
      accountId: "210987654321",
      arn: "arn:aws:sts::210987654321:assumed-role/a/b",
    });
    assert.match(
      seen[0]?.headers.authorization ?? "",
      /^AWS4-HMAC-SHA256 Credential=test\/\d{8}\/ap-northeast-1\/sts/,
    );
  });

  it("takes the account's own quotas before the defaults, over all pages", async () => {
    const quota = (QuotaName: string, Value: number) => ({
      QuotaName,
      QuotaCode: "L-1",
      Value,
      Adjustable: true,
    });
    const { account, seen } = clients((sent) => {
      const { NextToken } = JSON.parse(sent.body ?? "{}") as { NextToken?: string };
      if (operation(sent) === "ListAWSDefaultServiceQuotas") {
        return { body: JSON.stringify({ Quotas: [quota("a", 0), quota("b", 5)] }) };
      }
      return NextToken === undefined
        ? { body: JSON.stringify({ Quotas: [quota("c", 1)], NextToken: "more" }) }
        : { body: JSON.stringify({ Quotas: [quota("a", 4)] }) };
    });

    const quotas = await account.quotas("sagemaker");

    assert.deepEqual(
      [...quotas].map(([name, { value }]) => [name, value]),
      [
        ["a", 4],
        ["b", 5],
        ["c", 1],
      ],
    );
    assert.equal(seen.length, 3);
  });

  it("tells a bucket that is free from one that is ours and one that is taken", async () => {
    const { account } = clients(({ hostname, path }) => ({
      status: `${hostname}${path}`.includes("free")
        ? 404
        : `${hostname}${path}`.includes("taken")
          ? 403
          : 200,
      body: "",
    }));

    assert.deepEqual(
      [await account.bucket("free-one"), await account.bucket("taken-one"), await account.bucket("own-one")],
      ["free", "taken", "ours"],
    );
  });

  it("knows a role that is not there from a question that failed", async () => {
    const error = (code: string) => ({
      status: code === "NoSuchEntity" ? 404 : 403,
      type: "text/xml",
      body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
    });

    assert.equal(await clients(() => error("NoSuchEntity")).account.hasRole("deployer"), false);
    await assert.rejects(clients(() => error("AccessDenied")).account.hasRole("deployer"), /no/);
  });

  it("learns that only the payer may ask for cost tags", async () => {
    const { account, seen } = clients(() => ({
      status: 400,
      body: JSON.stringify({ __type: "AccessDeniedException", message: "linked account" }),
    }));

    assert.equal(await account.activeCostTags(), undefined);
    assert.match(seen[0]?.headers.authorization ?? "", /us-east-1\/ce/);
  });

  it("lists the zones of the endpoint services that are asked for", async () => {
    const service = (name: string, zone: string) =>
      `<item><serviceName>${name}</serviceName><availabilityZoneSet><item>${zone}</item></availabilityZoneSet></item>`;
    const { account } = clients(() => ({
      type: "text/xml",
      body: `<DescribeVpcEndpointServicesResponse><serviceDetailSet>${service("com.amazonaws.x.sts", "x-1a")}${service("com.amazonaws.x.kms", "x-1b")}</serviceDetailSet></DescribeVpcEndpointServicesResponse>`,
    }));

    assert.deepEqual(
      [...(await account.endpointZones(["com.amazonaws.x.sts"]))],
      [["com.amazonaws.x.sts", ["x-1a"]]],
    );
  });
});
