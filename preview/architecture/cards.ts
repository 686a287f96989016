import { SLICE_PURPOSES } from "../purposes";
import type { ArchitectureFacts } from "./architecture-facts";

/** What a box says; where it stands is the drawing's business. */
export interface Content {
  readonly slice: string;
  readonly title: string;
  readonly lines: readonly string[];
  readonly kind: "compute" | "data" | "guard" | "vpcEndpoints" | "actor";
}

/** Boxes in the isolated subnets. */
export function insideContents(facts: ArchitectureFacts): Content[] {
  return [
    {
      slice: "studio",
      title: "Studio",
      lines: [`${facts.profiles} profiles, each with its own role and security group; idle apps stop`],
      kind: "compute",
    },
    {
      slice: "identity",
      title: "Jobs",
      lines: ["processing, training and batch scoring: sharded by store, one DuckDB query for every shard"],
      kind: "compute",
    },
    ...(facts.api ? [apiContent(facts.api)] : []),
    ...(facts.serving.insideNetwork ? [servingContent(facts)] : []),
  ];
}

function apiContent({
  access,
  functions,
  requestsPerSecond,
}: NonNullable<ArchitectureFacts["api"]>): Content {
  return {
    slice: "api",
    title: "API",
    lines: [
      `${access}, signed requests, ${requestsPerSecond} a second at most`,
      `${functions} functions answer: forecasts and orders`,
    ],
    kind: "compute",
  };
}

export function servingContent({ serving, variantAlarms }: ArchitectureFacts): Content {
  const extras = [
    serving.scaling,
    serving.capturePercent === undefined ? undefined : `captures ${serving.capturePercent} % of the requests`,
    `${variantAlarms} alarms roll a bad deployment back`,
  ];
  return {
    slice: "serving",
    title: serving.endpoints === 1 ? "Forecast endpoint" : `${serving.endpoints} forecast endpoints`,
    lines: [...serving.variants, ...extras.filter((line) => line !== undefined)],
    kind: "compute",
  };
}

/** Boxes that hold what the platform knows. */
export function dataContents(facts: ArchitectureFacts): Content[] {
  return [
    {
      slice: "data-lake",
      title: `Data lake: ${facts.buckets.length} buckets`,
      lines: [
        facts.buckets.join(", "),
        "encrypted, versioned, TLS only, never public, let in only what comes from the network",
      ],
      kind: "data",
    },
    {
      slice: "feature-store",
      title: "Feature Store",
      lines: [`${facts.featureGroups} groups, online by key and offline as Iceberg tables`],
      kind: "data",
    },
    {
      slice: "registry",
      title: "Model registry",
      lines: [`a group each for ${facts.modelGroups.join(", ")}`],
      kind: "data",
    },
    {
      slice: "containers",
      title: "Container images",
      lines: [`${facts.repositories} repository, immutable tags, scanned on push`],
      kind: "data",
    },
  ];
}

/** Boxes that guard and watch, and every slice that has no box of its own. */
export function guardContents(facts: ArchitectureFacts): Content[] {
  const shown: Content[] = [
    {
      slice: "notifications",
      title: "Notifications",
      lines: [`${facts.topics} encrypted topics`, readers(facts.readers)],
      kind: "guard",
    },
    {
      slice: "operations",
      title: "Operations",
      lines: [
        `${facts.logGroups} log groups, ${facts.dashboards} dashboards, ${facts.alarms} alarms`,
        `budget ${facts.budget}`,
      ],
      kind: "guard",
    },
    {
      slice: "keys",
      title: "Keys",
      lines: [`${facts.keys.length} KMS keys, rotated:`, facts.keys.join(", ")],
      kind: "guard",
    },
    {
      slice: "identity-roles",
      title: "Identity",
      lines: [`${facts.roles} roles, one a job, function and persona`, "least privilege"],
      kind: "guard",
    },
    {
      slice: "outputs",
      title: "Outputs",
      lines: [`${facts.parameters} SSM parameters: what apps build on`],
      kind: "guard",
    },
  ];
  return [...shown, ...otherContents(facts, shown)];
}

function readers(count: number): string {
  return count === 1 ? "1 reader by e-mail" : `${count} readers by e-mail`;
}

/** Slices that the picture shows otherwise: as a boundary, or under another name. */
const SHOWN_ELSEWHERE = [
  "network",
  "identity",
  "studio",
  "serving",
  "data-lake",
  "feature-store",
  "registry",
  "containers",
];

function otherContents({ slices }: ArchitectureFacts, shown: readonly Content[]): Content[] {
  const known = new Set([...SHOWN_ELSEWHERE, ...shown.map(({ slice }) => slice)]);
  return [...slices]
    .filter(([slice]) => !known.has(slice))
    .map(([slice, count]) => ({
      slice,
      title: slice.charAt(0).toUpperCase() + slice.slice(1).replaceAll("-", " "),
      lines: [`${count} resources`, (SLICE_PURPOSES[slice] ?? "").split(":")[0] ?? ""],
      kind: "guard",
    }));
}

/** The numbered flows: what the picture's legend says. */
export const FLOWS: readonly { readonly number: number; readonly needs: string; readonly meaning: string }[] =
  [
    { number: 1, needs: "data-lake", meaning: "sales arrive in the raw bucket every night" },
    { number: 2, needs: "data-lake", meaning: "jobs read raw sales, write features, models and forecasts" },
    { number: 3, needs: "feature-store", meaning: "features go to the online and the offline store" },
    { number: 4, needs: "registry", meaning: "trained models are registered and approved" },
    {
      number: 5,
      needs: "serving",
      meaning: "the endpoint loads models from the lake; captured requests go there",
    },
    { number: 6, needs: "serving", meaning: "stores and apps ask for forecasts (SageMaker runtime, IAM)" },
    { number: 7, needs: "studio", meaning: "people work in Studio, inside the network" },
    { number: 8, needs: "notifications", meaning: "alarms, budget and model events reach people" },
    { number: 9, needs: "identity", meaning: "pulumi up, with short-lived credentials only" },
  ];

/** Who stands outside the account; the slice is the one that each uses. */
export function actorContents(): Content[] {
  const actor = (slice: string, title: string, line: string): Content => ({
    slice,
    title,
    lines: [line],
    kind: "actor",
  });
  return [
    actor("data-lake", "Sales data", "POS of 500 stores"),
    actor("studio", "Data scientists", "browser, IAM sign-in"),
    actor("identity", "Deployment", "CI, signed in by OIDC"),
    actor("serving", "Stores and apps", "signed calls (IAM)"),
    actor("notifications", "Operators", "alerts by e-mail"),
  ];
}

/** The endpoints through which the network reaches AWS. */
export function vpcEndpointsContent({ network }: ArchitectureFacts): Content {
  return {
    slice: "network",
    title: "VPC endpoints",
    lines: [
      `${network.services.length} AWS services, each by its own endpoint:`,
      network.services.join(", "),
    ],
    kind: "vpcEndpoints",
  };
}
