import { createHash } from "node:crypto";
import { expandVpc } from "../awsx/expand-vpc";
import type { ProviderStubs, Registration } from "../sdk/registration";
import { autoName, createStub, PLAN_ACCOUNT_ID } from "./stub-state";

type InvokeStub = (args: Record<string, unknown>, region: string) => Record<string, unknown>;

const INVOKES: Readonly<Record<string, InvokeStub>> = {
  "aws:index/getRegion:getRegion": (_, region) => ({
    description: region,
    endpoint: `ec2.${region}.amazonaws.com`,
    id: region,
    name: region,
    region,
  }),
  "aws:index/getPartition:getPartition": () => ({
    dnsSuffix: "amazonaws.com",
    id: "aws",
    partition: "aws",
    reverseDnsPrefix: "com.amazonaws",
  }),
  "aws:index/getAvailabilityZones:getAvailabilityZones": (_, region) => ({
    groupNames: [region],
    id: region,
    names: availabilityZones(region),
    region,
    zoneIds: availabilityZones(region).map((_zone, i) => `${region}-az${i + 1}`),
  }),
  "aws:ec2/getPrefixList:getPrefixList": prefixList,
  "aws:ec2/getManagedPrefixList:getManagedPrefixList": prefixList,
};

/** Who plans, unless said otherwise: the role that would deploy. */
const PLANNER_ARN = `arn:aws:sts::${PLAN_ACCOUNT_ID}:assumed-role/smartretail-deployer/plan`;
const CALLER_IDENTITY = "aws:index/getCallerIdentity:getCallerIdentity";

/** Stubs of an imaginary account in `region`: the same for every run, so plans can be compared as text. */
export function providerStubs(region: string, callerArn = PLANNER_ARN): ProviderStubs {
  return {
    autoName,
    create: (registration) => createStub(registration, region),
    invoke: (token, args) =>
      token === CALLER_IDENTITY ? callerIdentity(callerArn) : INVOKES[token]?.(args, region),
    expand: (registration) => expansion(registration, region),
  };
}

function callerIdentity(arn: string): Record<string, unknown> {
  return { accountId: PLAN_ACCOUNT_ID, arn, id: PLAN_ACCOUNT_ID, userId: "AROAPLAN:plan" };
}

function expansion(registration: Registration, region: string): Record<string, unknown> | undefined {
  switch (registration.type) {
    case "awsx:ec2:Vpc":
      return expandVpc(registration, availabilityZones(region));
    case "awsx:ecr:Image":
      return { imageUri: imageUri(registration) };
    default:
      return undefined;
  }
}

/** Tokyo has no zone "b" for new accounts; elsewhere the first three letters do. */
export function availabilityZones(region: string): string[] {
  return (region === "ap-northeast-1" ? ["a", "c", "d"] : ["a", "b", "c"]).map((zone) => region + zone);
}

/** awsx pushes the image and answers with its digest, which is known only once it is built. */
function imageUri({ urn, wireInputs, preview }: Registration): string | undefined {
  return preview ? undefined : imageDigestUri(urn, String(wireInputs.repositoryUrl));
}

/** The image of the component `urn`, by a digest that stands for its content. */
export function imageDigestUri(urn: string, repositoryUrl: string): string {
  return `${repositoryUrl}@sha256:${createHash("sha256").update(urn).digest("hex")}`;
}

function prefixList(args: Record<string, unknown>, region: string): Record<string, unknown> {
  const name = typeof args.name === "string" ? args.name : `com.amazonaws.${region}.s3`;
  const id = `pl-${createHash("sha256").update(name).digest("hex").slice(0, 8)}`;
  return { cidrBlocks: ["198.51.100.0/24"], id, name, prefixListId: id, region };
}
