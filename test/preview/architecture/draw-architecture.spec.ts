import assert from "node:assert/strict";
import { drawArchitecture } from "../../../preview/architecture/draw-architecture";
import { boxHeight, breakLine, escape } from "../../../preview/architecture/svg";
import { planEnvironment } from "../../../preview/plan-environment";

interface Rect {
  readonly x: number;
  readonly y: number;
  readonly right: number;
  readonly bottom: number;
}

const cards = (svg: string): Rect[] =>
  [
    ...svg.matchAll(
      /<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" rx="10" class="(\w+)"/g,
    ),
  ].map(([, ...numbers]) => {
    const [x = 0, y = 0, width = 0, height = 0] = numbers.map(Number);
    return { x, y, right: x + width, bottom: y + height };
  });

const overlap = (a: Rect, b: Rect) => a.x < b.right && b.x < a.right && a.y < b.bottom && b.y < a.bottom;

describe("drawArchitecture", () => {
  for (const [stack, texts] of [
    [
      "prod",
      ["VPC 10.40.0.0/16 · no route to the internet", "champion: 90 % of the traffic,", "Forecast endpoint"],
    ],
    [
      "dev",
      [
        "VPC 10.41.0.0/16 · no route to the internet",
        "serverless, 2048 MB, no idle cost",
        "4 forecast endpoints",
      ],
    ],
  ] as const) {
    describe(`of ${stack}`, () => {
      let svg = "";
      before(async () => {
        svg = drawArchitecture(await planEnvironment(stack, { preview: true }));
      });

      it("says what the plan says", () => {
        for (const text of [...texts, "Data lake: 7 buckets", "isolated subnets: "]) {
          assert.ok(svg.includes(`>${text}`), text);
        }
      });

      it("places its boxes apart from one another and on the paper", () => {
        const boxes = cards(svg);
        const [, width = 0, height = 0] = (/viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? []).map(Number);

        const collisions = boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => overlap(a, b)));
        assert.ok(boxes.length >= 14);
        assert.deepEqual(collisions, []);
        assert.ok(boxes.every(({ right, bottom }) => right <= width && bottom <= height));
      });

      it("numbers every flow that its legend explains, once on the picture and once below", () => {
        const badges = [...svg.matchAll(/class="badge-text"[^>]*>(\d)</g)].map(([, number]) =>
          Number(number),
        );

        assert.deepEqual(
          badges.sort(),
          [1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((number) => [number, number]),
        );
      });

      it("is balanced XML with colours for both themes", () => {
        const opened = [...svg.matchAll(/<([a-z]+)(?=[\s>])[^>]*[^/]>|<([a-z]+)>/g)].length;
        const closed = [...svg.matchAll(/<\/[a-z]+>/g)].length;

        assert.equal(opened, closed);
        assert.match(svg, /@media \(prefers-color-scheme:dark\)/);
      });
    });
  }

  it("breaks lines at words, and words only when they are longer than a line", () => {
    assert.deepEqual(breakLine("one two three", 7), ["one two", "three"]);
    assert.deepEqual(breakLine("sagemaker.featurestore-runtime", 20), [
      "sagemaker.",
      "featurestore-",
      "runtime",
    ]);
    assert.ok(
      boxHeight(100, ["a long line that needs several lines"]) > boxHeight(400, ["a long line that needs"]),
    );
  });

  it("escapes what XML would read as markup", () => {
    assert.equal(escape(`<a & "b">`), "&lt;a &amp; &quot;b&quot;&gt;");
  });
});
