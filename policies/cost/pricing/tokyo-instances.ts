import { instancePriceKey, type Price } from "./price-table";

/**
 * SageMaker's rate over EC2's for the same general-purpose instance: ml.m5.large / m5.large is 0.115 / 0.096 in us-east-1 and
 * 0.149 / 0.124 in Tokyo. Accelerated types differ (ml.g6.xlarge training 1.634 / g6.xlarge 1.1672 in Tokyo is 1.40).
 */
const ML_OVER_EC2 = 1.2;

interface Family {
  /** EC2 rate of the smallest listed size in ap-northeast-1, USD per hour. */
  readonly ec2UsdPerHour: number;
  readonly smallest: Size;
  readonly largest: Size;
  readonly ec2Source: "price-list" | "published";
  readonly asOf: string;
}

const SIZES = ["medium", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"] as const;
type Size = (typeof SIZES)[number];
/** Rates are linear in size within a family; the unit is one `large`. */
const LARGES: Record<Size, number> = {
  medium: 0.5,
  large: 1,
  xlarge: 2,
  "2xlarge": 4,
  "4xlarge": 8,
  "8xlarge": 16,
  "12xlarge": 24,
  "16xlarge": 32,
};

const FAMILIES: Readonly<Record<string, Family>> = {
  c5: {
    ec2UsdPerHour: 0.107,
    smallest: "large",
    largest: "4xlarge",
    ec2Source: "published",
    asOf: "2026-01-01",
  },
  c6i: {
    ec2UsdPerHour: 0.107,
    smallest: "large",
    largest: "16xlarge",
    ec2Source: "published",
    asOf: "2026-01-01",
  },
  m5: {
    ec2UsdPerHour: 0.124,
    smallest: "large",
    largest: "16xlarge",
    ec2Source: "price-list",
    asOf: "2026-09-21",
  },
  m6i: {
    ec2UsdPerHour: 0.124,
    smallest: "large",
    largest: "16xlarge",
    ec2Source: "published",
    asOf: "2026-01-01",
  },
  m7i: {
    ec2UsdPerHour: 0.1302,
    smallest: "large",
    largest: "16xlarge",
    ec2Source: "price-list",
    asOf: "2026-09-21",
  },
  r5: {
    ec2UsdPerHour: 0.152,
    smallest: "large",
    largest: "16xlarge",
    ec2Source: "published",
    asOf: "2026-01-01",
  },
  t3: {
    ec2UsdPerHour: 0.0544,
    smallest: "medium",
    largest: "2xlarge",
    ec2Source: "published",
    asOf: "2026-01-01",
  },
};

function familyPrices(name: string, family: Family): [string, Price][] {
  const sizes = SIZES.slice(SIZES.indexOf(family.smallest), SIZES.indexOf(family.largest) + 1);
  return sizes.map((size) => {
    const ec2 = (family.ec2UsdPerHour * LARGES[size]) / LARGES[family.smallest];
    return [
      instancePriceKey(`ml.${name}.${size}`),
      {
        usd: ec2 * ML_OVER_EC2,
        unit: "instance-hour",
        source: "estimate",
        asOf: family.asOf,
        note: `EC2 ${name}.${size} in Tokyo (${family.ec2Source} ${ec2.toFixed(4)}) x ${ML_OVER_EC2}`,
      },
    ];
  });
}

/** Rates that were found for the type itself; accelerated ones are not linear in size. */
const LISTED: readonly [string, Price][] = [
  [instancePriceKey("ml.m5.large"), quoted(0.149, "real-time inference")],
  [instancePriceKey("ml.m5.xlarge"), quoted(0.298, "training")],
  [
    instancePriceKey("ml.g6.xlarge"),
    {
      usd: 1.634,
      unit: "instance-hour",
      source: "price-list",
      asOf: "2026-09-22",
      note: "the training rate; the asynchronous-inference rate is 1.6341",
    },
  ],
];

/** As two public projects in Japan quote AWS's price page; they do not name the region, only Tokyo's EC2 rate x 1.2 fits. */
function quoted(usd: number, use: string): Price {
  const note = `quoted for ${use} from https://aws.amazon.com/jp/sagemaker/pricing/; not re-read in the price list`;
  return { usd, unit: "instance-hour", source: "published", asOf: "2026-01-01", note };
}

/** ML instance types with a rate for ap-northeast-1. A type that is not here is unpriced, never free. */
export const TOKYO_INSTANCE_PRICES: Readonly<Record<string, Price>> = Object.fromEntries([
  ...Object.entries(FAMILIES).flatMap(([name, family]) => familyPrices(name, family)),
  ...LISTED,
]);
