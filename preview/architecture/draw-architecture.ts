import type { Plan } from "../plan-environment";
import { architectureFacts, type ArchitectureFacts } from "./architecture-facts";
import { drawArrows, type Card } from "./arrows";
import {
  actorContents,
  dataContents,
  vpcEndpointsContent,
  FLOWS,
  guardContents,
  insideContents,
  servingContent,
  type Content,
} from "./cards";
import { box, boxHeight, frame, picture, text, type Rectangle } from "./svg";

const WIDTH = 1280;
const GAP = 20;
const ACTOR_X = 24;
const ACTOR_WIDTH = 150;
const ACCOUNT_X = 236;
const ACCOUNT_RIGHT = WIDTH - 24;
const ACCOUNT_TOP = 76;
/** Upper edge of the network and of the data beside it. */
const TOP = 150;
/** Room for the two titles of the network. */
const NETWORK_HEAD = 62;
const INSIDE_X = ACCOUNT_X + 24;
const CARD_WIDTH = 300;
const VPC_ENDPOINTS_X = INSIDE_X + GAP + CARD_WIDTH + 64;
const VPC_ENDPOINTS_WIDTH = 168;
const NETWORK_WIDTH = VPC_ENDPOINTS_X + VPC_ENDPOINTS_WIDTH - INSIDE_X + GAP;
const DATA_X = INSIDE_X + NETWORK_WIDTH + 72;
/** Leaves a channel between the boxes and the account's frame. */
const DATA_WIDTH = ACCOUNT_RIGHT - 36 - DATA_X;
const BOXES_PER_ROW = 5;

/**
 * The environment as a picture: slices as boxes, trust boundaries around them, numbered flows between them and what each
 * number means below. What the boxes say is read from the plan.
 */
export function drawArchitecture(plan: Plan): string {
  const facts = architectureFacts(plan);
  const inside = stack(INSIDE_X + GAP, TOP + NETWORK_HEAD, CARD_WIDTH, insideContents(facts));
  const insideBottom = bottomOf(inside);
  const networkBottom = insideBottom + GAP + 14;
  const outside = facts.serving.insideNetwork
    ? []
    : stack(INSIDE_X + GAP, networkBottom + 34, CARD_WIDTH, [servingContent(facts)]);
  const data = stack(DATA_X, TOP, DATA_WIDTH, dataContents(facts));
  const middle = Math.max(networkBottom, bottomOf(data), bottomOf(outside));
  const guards = rows(middle + 36, guardContents(facts));
  const accountBottom = bottomOf(guards) + 24;
  const cards = [...inside, ...outside, ...data, ...guards];
  const vpcEndpointsTop = TOP + NETWORK_HEAD;
  const vpcEndpoints = {
    ...vpcEndpointsContent(facts),
    x: VPC_ENDPOINTS_X,
    y: vpcEndpointsTop,
    width: VPC_ENDPOINTS_WIDTH,
    height: insideBottom - vpcEndpointsTop,
  };
  const network = { x: INSIDE_X, y: TOP, width: NETWORK_WIDTH, height: networkBottom - TOP };
  const frame = {
    actorsRight: ACTOR_X + ACTOR_WIDTH,
    accountLeft: ACCOUNT_X,
    accountTop: ACCOUNT_TOP,
    middle,
  };

  const title = `SmartRetail ${plan.stack}`;
  const legend = legendLines(facts, accountBottom + 46);
  return picture(WIDTH, legend.bottom, `${title}: slices, trust boundaries and data flow`, [
    text(ACTOR_X, 40, title, "heading"),
    text(ACTOR_X + title.length * 12.5, 40, `planned without a cloud · ${plan.region}`, "body"),
    ...boundaries(facts, plan.region, network, accountBottom),
    ...[...cards, vpcEndpoints, ...actors(cards)].map(box),
    ...drawArrows(cards, vpcEndpoints, frame),
    ...legend.lines,
  ]);
}

function boundaries(
  { network, accountId }: ArchitectureFacts,
  region: string,
  area: Rectangle,
  accountBottom: number,
): string[] {
  const height = accountBottom - ACCOUNT_TOP;
  const account = { x: ACCOUNT_X, y: ACCOUNT_TOP, width: ACCOUNT_RIGHT - ACCOUNT_X, height };
  const out =
    network.internetRoutes === 0
      ? "no route to the internet"
      : `${network.natGateways} NAT gateways to the internet`;
  const subnets = { x: area.x + 10, y: area.y + 34, width: area.width - 20, height: area.height - 44 };
  return [
    frame({ x: 0, y: ACCOUNT_TOP - 14, width: ACCOUNT_X - 30, height: height + 28 }, "outside", 0),
    text(ACTOR_X, ACCOUNT_TOP + 18, "Internet, offices, stores", "body"),
    frame(account, "account", 16),
    text(ACCOUNT_X + 20, ACCOUNT_TOP + 26, `AWS account ${accountId} · ${region}`, "account-text"),
    frame(area, "network", 14),
    text(area.x + 16, area.y + 24, `VPC ${network.cidrBlock} · ${out}`, "network-text"),
    frame(subnets, "subnets", 8),
    text(subnets.x + 11, area.y + 53, `isolated subnets: ${network.subnets.join(", ")}`, "network-text"),
  ];
}

/** Who stands outside, each beside what they use. */
function actors(cards: readonly Card[]): Card[] {
  return actorContents().flatMap((content) => {
    const height = boxHeight(ACTOR_WIDTH, content.lines);
    const used = cards.find(({ slice }) => slice === content.slice);
    const y = content.slice === "data-lake" ? ACCOUNT_TOP + 34 : used && used.y + (used.height - height) / 2;
    return used && y !== undefined ? [{ ...content, x: ACTOR_X, y, width: ACTOR_WIDTH, height }] : [];
  });
}

function legendLines({ slices }: ArchitectureFacts, top: number): { lines: string[]; bottom: number } {
  const flows = FLOWS.filter(({ needs }) => slices.has(needs));
  const perColumn = Math.ceil(flows.length / 2);
  const lines = flows.map(({ number, meaning }, i) => {
    const x = 40 + Math.floor(i / perColumn) * 620;
    const y = top + (i % perColumn) * 24;
    return [
      `<circle cx="${x}" cy="${y}" r="10" class="badge"/>`,
      text(x, y + 4.5, String(number), "badge-text", "middle"),
      text(x + 20, y + 4.5, meaning, "body"),
    ].join("\n");
  });
  return { lines, bottom: top + perColumn * 24 + 8 };
}

function stack(x: number, top: number, width: number, contents: readonly Content[]): Card[] {
  let y = top;
  return contents.map((content) => {
    const card = { ...content, x, y, width, height: boxHeight(width, content.lines) };
    y += card.height + GAP;
    return card;
  });
}

function rows(top: number, contents: readonly Content[]): Card[] {
  const width = (ACCOUNT_RIGHT - 24 - INSIDE_X - GAP * (BOXES_PER_ROW - 1)) / BOXES_PER_ROW;
  const cards: Card[] = [];
  let y = top;
  for (let first = 0; first < contents.length; first += BOXES_PER_ROW) {
    const row = contents.slice(first, first + BOXES_PER_ROW);
    const height = Math.max(...row.map(({ lines }) => boxHeight(width, lines)));
    cards.push(
      ...row.map((content, i) => ({ ...content, x: INSIDE_X + i * (width + GAP), y, width, height })),
    );
    y += height + GAP;
  }
  return cards;
}

function bottomOf(cards: readonly Rectangle[]): number {
  return Math.max(0, ...cards.map(({ y, height }) => y + height));
}
