import type { Content } from "./cards";
import { flow, type Rectangle } from "./svg";

export type Card = Content & Rectangle;

/** Where things stand that arrows start from or lead around. */
export interface DiagramFrame {
  /** Right edge of the boxes outside the account. */
  readonly actorsRight: number;
  readonly accountLeft: number;
  readonly accountTop: number;
  /** Lower edge of everything above the bottom row. */
  readonly middle: number;
}

type Point = readonly [number, number];

/** The numbered flows between the boxes; `cards.ts` says what each number means. */
export function drawArrows(cards: readonly Card[], vpcEndpoints: Card, frame: DiagramFrame): string[] {
  const at = (slice: string) => cards.filter((card) => card.slice === slice).slice(0, 1);
  return [
    ...at("data-lake").map((lake) => salesFlow(lake, frame)),
    ...[...at("studio"), ...at("identity")].map((card) => passage(card, vpcEndpoints)),
    ...at("data-lake").map((card) => fromVpcEndpoints(2, vpcEndpoints, card, true)),
    ...at("feature-store").map((card) => fromVpcEndpoints(3, vpcEndpoints, card, false)),
    ...at("registry").map((card) => fromVpcEndpoints(4, vpcEndpoints, card, true)),
    ...at("serving").flatMap((serving) =>
      at("data-lake").map((lake) => servingFlow(serving, vpcEndpoints, lake, frame)),
    ),
    ...at("serving").map((card) => fromActor(6, card, frame)),
    ...at("studio").map((card) => fromActor(7, card, frame)),
    ...at("notifications").map((card) => fromActor(8, card, frame, true)),
    ...at("identity").map((card) => deployment(card, frame)),
  ];
}

function middleOf({ y, height }: Rectangle): number {
  return y + height / 2;
}

function salesFlow(lake: Card, { actorsRight, accountLeft, accountTop }: DiagramFrame): string {
  const y = accountTop + 50;
  const x = lake.x + 60;
  const points: Point[] = [
    [actorsRight, y],
    [x, y],
    [x, lake.y],
  ];
  return flow(1, points, [accountLeft, y]);
}

/** What runs in the network reaches everything else through the VPC endpoints. */
function passage(card: Card, vpcEndpoints: Card): string {
  const path = `M${card.x + card.width} ${middleOf(card)}H${vpcEndpoints.x}`;
  return `<path d="${path}" class="flow" marker-end="url(#head)" marker-start="url(#tail)"/>`;
}

function fromVpcEndpoints(number: number, vpcEndpoints: Card, card: Card, both: boolean): string {
  const start = vpcEndpoints.x + vpcEndpoints.width;
  const target = middleOf(card);
  const y = Math.min(Math.max(target, vpcEndpoints.y + 14), vpcEndpoints.y + vpcEndpoints.height - 14);
  const turn = card.x - 26;
  const detour: Point[] =
    y === target
      ? []
      : [
          [turn, y],
          [turn, target],
        ];
  return flow(number, [[start, y], ...detour, [card.x, target]], [start + 36, y], both);
}

function fromActor(
  number: number,
  card: Card,
  { actorsRight, accountLeft }: DiagramFrame,
  outwards = false,
): string {
  const y = middleOf(card);
  const points: Point[] = [
    [actorsRight, y],
    [card.x, y],
  ];
  return flow(number, outwards ? points.reverse() : points, [accountLeft, y]);
}

function deployment(card: Card, { actorsRight, accountLeft }: DiagramFrame): string {
  const y = middleOf(card);
  const points: Point[] = [
    [actorsRight, y],
    [accountLeft, y],
  ];
  return flow(9, points, [(actorsRight + accountLeft) / 2, y]);
}

/** Beside the VPC endpoints when it stands in the network; around the data, through AWS's own network, when it does not. */
function servingFlow(serving: Card, vpcEndpoints: Card, lake: Card, { middle }: DiagramFrame): string {
  const y = middleOf(serving);
  const right = serving.x + serving.width;
  if (y < vpcEndpoints.y + vpcEndpoints.height) {
    const points: Point[] = [
      [right, y],
      [vpcEndpoints.x, y],
    ];
    return flow(5, points, [(right + vpcEndpoints.x) / 2, y], true);
  }
  const lakeRight = lake.x + lake.width;
  const channel = lakeRight + 18;
  const under = middle + 16;
  const turn = right + 30;
  const points: Point[] = [
    [right, y],
    [turn, y],
    [turn, under],
    [channel, under],
    [channel, lake.y + 40],
    [lakeRight, lake.y + 40],
  ];
  return flow(5, points, [(turn + channel) / 2, under], true);
}
