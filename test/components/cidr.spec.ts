import assert from "node:assert/strict";
import fc from "fast-check";
import { parseCidr, subnetPrefixLength } from "../../components/cidr";

describe("parseCidr", () => {
  it("reads a network", () => {
    assert.deepEqual(parseCidr("10.40.0.0/16"), { network: 0x0a280000, prefixLength: 16 });
  });

  for (const text of [
    "",
    "10.40.0.0",
    "10.40.0.0/33",
    "256.0.0.0/8",
    "10.40.0.1/16",
    "10.40.0.0/16 ",
    "::/0",
  ]) {
    it(`takes ${JSON.stringify(text)} for no network`, () => {
      assert.equal(parseCidr(text), undefined);
    });
  }

  it("reads what it would print for every aligned network", () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.integer({ min: 1, max: 32 }), (address, prefixLength) => {
        const size = 2 ** (32 - prefixLength);
        const network = Math.floor(address / size) * size;
        const octets = [24, 16, 8, 0].map((shift) => Math.floor(network / 2 ** shift) % 256);

        assert.deepEqual(parseCidr(`${octets.join(".")}/${prefixLength}`), { network, prefixLength });
      }),
    );
  });
});

describe("subnetPrefixLength", () => {
  it("gives every zone an equal part that fits", () => {
    const vpc = { network: 0, prefixLength: 16 };

    assert.deepEqual(
      [1, 2, 3, 4].map((count) => subnetPrefixLength(vpc, count)),
      [16, 17, 18, 18],
    );
  });
});
