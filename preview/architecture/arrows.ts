import type { Content } from "./cards";
import { flow, type Rectangle } from "./svg";

export type Card = Content & Rectangle;

/** Where things stand that arrows start from or lead around. */
export interface Place {
  /** Right edge of the boxes outside the account. */
  readonly actorsRight: number;
  readonly accountLeft: number;
  readonly accountTop: number;
  /** Lower edge of everything above the bottom row. */
  readonly middle: number;
}

type Point = readonly [number, number];

/** The numbered flows between the boxes; `cards.ts` says what each number means. */
export function drawArrows(cards: readonly Card[], door: Card, place: Place): string[] {
  const at = (slice: string) => cards.filter((card) => card.slice === slice).slice(0, 1);
  return [
    ...at("data-lake").map((lake) => salesFlow(lake, place)),
    ...[...at("studio"), ...at("identity")].map((card) => passage(card, door)),
    ...at("data-lake").map((card) => fromDoor(2, door, card, true)),
    ...at("feature-store").map((card) => fromDoor(3, door, card, false)),
    ...at("registry").map((card) => fromDoor(4, door, card, true)),
    ...at("serving").flatMap((serving) =>
      at("data-lake").map((lake) => servingFlow(serving, door, lake, place)),
    ),
    ...at("serving").map((card) => fromActor(6, card, place)),
    ...at("studio").map((card) => fromActor(7, card, place)),
    ...at("notifications").map((card) => fromActor(8, card, place, true)),
    ...at("identity").map((card) => deployment(card, place)),
  ];
}

function middleOf({ y, height }: Rectangle): number {
  return y + height / 2;
}

function salesFlow(lake: Card, { actorsRight, accountLeft, accountTop }: Place): string {
  const y = accountTop + 50;
  const x = lake.x + 60;
  const points: Point[] = [
    [actorsRight, y],
    [x, y],
    [x, lake.y],
  ];
  return flow(1, points, [accountLeft, y]);
}

/** What runs in the network reaches everything else through the private doors. */
function passage(card: Card, door: Card): string {
  const path = `M${card.x + card.width} ${middleOf(card)}H${door.x}`;
  return `<path d="${path}" class="flow" marker-end="url(#head)" marker-start="url(#tail)"/>`;
}

function fromDoor(number: number, door: Card, card: Card, both: boolean): string {
  const start = door.x + door.width;
  const target = middleOf(card);
  const y = Math.min(Math.max(target, door.y + 14), door.y + door.height - 14);
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
  { actorsRight, accountLeft }: Place,
  outwards = false,
): string {
  const y = middleOf(card);
  const points: Point[] = [
    [actorsRight, y],
    [card.x, y],
  ];
  return flow(number, outwards ? points.reverse() : points, [accountLeft, y]);
}

function deployment(card: Card, { actorsRight, accountLeft }: Place): string {
  const y = middleOf(card);
  const points: Point[] = [
    [actorsRight, y],
    [accountLeft, y],
  ];
  return flow(9, points, [(actorsRight + accountLeft) / 2, y]);
}

/** Beside the doors when it stands in the network; around the data, through AWS's own network, when it does not. */
function servingFlow(serving: Card, door: Card, lake: Card, { middle }: Place): string {
  const y = middleOf(serving);
  const right = serving.x + serving.width;
  if (y < door.y + door.height) {
    const points: Point[] = [
      [right, y],
      [door.x, y],
    ];
    return flow(5, points, [(right + door.x) / 2, y], true);
  }
  const lakeRight = lake.x + lake.width;
  const lane = lakeRight + 18;
  const under = middle + 16;
  const turn = right + 30;
  const points: Point[] = [
    [right, y],
    [turn, y],
    [turn, under],
    [lane, under],
    [lane, lake.y + 40],
    [lakeRight, lake.y + 40],
  ];
  return flow(5, points, [(turn + lane) / 2, under], true);
}
