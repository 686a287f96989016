import assert from "node:assert/strict";
import fc from "fast-check";
import { parseCidr } from "../../../components/cidr";
import { layOutSubnets, type SubnetType } from "../../../preview/awsx/subnet-layout";

const TYPES: SubnetType[] = ["Public", "Private", "Isolated"];
const zonesOf = (count: number) => ["a", "b", "c", "d"].slice(0, count);
const range = (cidrBlock: string) => {
  const cidr = parseCidr(cidrBlock);
  assert.ok(cidr, `${cidrBlock} is an aligned network`);
  return { start: cidr.network, end: cidr.network + 2 ** (32 - cidr.prefixLength) };
};

describe("layOutSubnets", () => {
  it("keeps every subnet aligned, inside the network and apart from the others", () => {
    const arbitrary = fc.record({
      prefix: fc.integer({ min: 16, max: 20 }),
      block: fc.integer({ min: 0, max: 15 }),
      zoneCount: fc.integer({ min: 1, max: 4 }),
      types: fc.array(fc.constantFrom(...TYPES), { minLength: 1, maxLength: 4 }),
      strategy: fc.constantFrom("Auto", "Legacy"),
    });

    fc.assert(
      fc.property(arbitrary, ({ prefix, block, zoneCount, types, strategy }) => {
        const cidrBlock = `10.${block}.0.0/${prefix}`;
        const specs = types.map((type, i) => ({ type, name: `s${i}`, cidrMask: prefix + 5 }));

        const placed = layOutSubnets({ vpcName: "v", cidrBlock, zones: zonesOf(zoneCount), specs, strategy });

        const vpc = range(cidrBlock);
        const ranges = placed.map((subnet) => range(subnet.cidrBlock)).sort((a, b) => a.start - b.start);
        assert.equal(placed.length, zoneCount * types.length);
        assert.ok(ranges.every(({ start, end }) => start >= vpc.start && end <= vpc.end));
        assert.ok(ranges.every(({ start }, i) => i === 0 || start >= (ranges[i - 1]?.end ?? 0)));
      }),
    );
  });

  it("fills the network with Auto when the zones and types are powers of two", () => {
    fc.assert(
      fc.property(fc.constantFrom(1, 2, 4), fc.constantFrom(1, 2, 4), (zoneCount, typeCount) => {
        const specs = Array.from({ length: typeCount }, (_, i) => ({
          type: "Isolated" as const,
          name: `s${i}`,
        }));

        const placed = layOutSubnets({
          vpcName: "v",
          cidrBlock: "10.0.0.0/16",
          zones: zonesOf(zoneCount),
          specs,
          strategy: "Auto",
        });

        const used = placed
          .map(({ cidrBlock }) => range(cidrBlock))
          .reduce((sum, { start, end }) => sum + end - start, 0);
        assert.equal(used, 2 ** 16);
      }),
    );
  });

  it("orders private, public, isolated with awsx's default sizes in Legacy", () => {
    const specs = [{ type: "Isolated" as const }, { type: "Public" as const }, { type: "Private" as const }];

    const placed = layOutSubnets({ vpcName: "v", cidrBlock: "10.0.0.0/16", zones: ["a", "b"], specs });

    assert.deepEqual(
      placed.map(({ subnetName, cidrBlock }) => `${subnetName} ${cidrBlock}`),
      [
        "v-private-1 10.0.0.0/19",
        "v-public-1 10.0.32.0/20",
        "v-isolated-1 10.0.48.0/24",
        "v-private-2 10.0.128.0/19",
        "v-public-2 10.0.160.0/20",
        "v-isolated-2 10.0.176.0/24",
      ],
    );
  });

  it("gives one type of subnet the zone's whole share", () => {
    const placed = layOutSubnets({
      vpcName: "v",
      cidrBlock: "10.40.0.0/16",
      zones: ["a", "b", "c"],
      specs: [{ type: "Isolated" }],
      strategy: "Auto",
    });

    assert.deepEqual(
      placed.map(({ cidrBlock }) => cidrBlock),
      ["10.40.0.0/18", "10.40.64.0/18", "10.40.128.0/18"],
    );
  });

  it("takes explicit blocks as they are", () => {
    const specs = [{ type: "Isolated" as const, cidrBlocks: ["10.0.1.0/24", "10.0.2.0/24"] }];

    const placed = layOutSubnets({
      vpcName: "v",
      cidrBlock: "10.0.0.0/16",
      zones: ["a", "b"],
      specs,
      strategy: "Auto",
    });

    assert.deepEqual(
      placed.map(({ cidrBlock }) => cidrBlock),
      ["10.0.1.0/24", "10.0.2.0/24"],
    );
  });

  for (const [what, args, message] of [
    [
      "a network too small for its subnets",
      {
        cidrBlock: "10.0.0.0/27",
        zones: ["a", "b", "c"],
        specs: [{ type: "Isolated" as const }],
        strategy: "Auto",
      },
      /v: the subnets do not fit into the share of a, 8 addresses \(\/29\) of 10\.0\.0\.0\/27/,
    ],
    ["text that is no network", { cidrBlock: "10.0.0.1/16", zones: ["a"] }, /allowed: an IPv4 network/],
    [
      "a strategy it does not lay out",
      { cidrBlock: "10.0.0.0/16", zones: ["a"], strategy: "AutoMerge" },
      /not AutoMerge/,
    ],
    [
      "a gap under Exact",
      {
        cidrBlock: "10.0.0.0/16",
        zones: ["a"],
        specs: [{ type: "Isolated" as const, cidrMask: 17 }],
        strategy: "Exact",
      },
      /leave 32768 addresses of 10\.0\.0\.0\/16 unaccounted for/,
    ],
    [
      "explicit blocks that overlap",
      {
        cidrBlock: "10.0.0.0/16",
        zones: ["a", "b"],
        specs: [{ type: "Isolated" as const, cidrBlocks: ["10.0.1.0/24", "10.0.1.128/25"] }],
        strategy: "Auto",
      },
      /v-isolated-1 and v-isolated-2 overlap/,
    ],
  ] as const) {
    it(`rejects ${what}`, () => {
      assert.throws(() => layOutSubnets({ vpcName: "v", ...args }), message);
    });
  }
});
