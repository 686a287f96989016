/** The few shapes that the architecture picture is made of. Colours are classes, so that one style sheet serves both themes. */

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Box extends Rectangle {
  readonly title: string;
  readonly lines: readonly string[];
  /** Class of the frame; says what kind of thing it is. */
  readonly kind: string;
}

const TITLE_SIZE = 15;
const TEXT_SIZE = 12.5;
const LINE_HEIGHT = 17;
/** Average width of a character of a sans-serif face, in sizes: enough to break lines by. */
const CHARACTER_WIDTH = 0.53;
const PADDING = 12;

export function text(x: number, y: number, content: string, kind: string, anchor = "start"): string {
  return `<text x="${x}" y="${y}" class="${kind}" text-anchor="${anchor}">${escape(content)}</text>`;
}

export function frame({ x, y, width, height }: Rectangle, kind: string, radius = 10): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" class="${kind}"/>`;
}

/** A titled box; its lines are broken to its width. */
export function box(args: Box): string {
  const { x, y, width, title, lines, kind } = args;
  const most = Math.floor((width - 2 * PADDING) / (TEXT_SIZE * CHARACTER_WIDTH));
  const broken = lines.flatMap((line) => breakLine(line, most));
  return [
    frame(args, kind),
    text(x + PADDING, y + PADDING + TITLE_SIZE - 3, title, "title"),
    ...broken.map((line, i) =>
      text(x + PADDING, y + PADDING + TITLE_SIZE + 16 + i * LINE_HEIGHT, line, "body"),
    ),
  ].join("\n");
}

/** Height that a box needs for its lines. */
export function boxHeight(width: number, lines: readonly string[]): number {
  const most = Math.floor((width - 2 * PADDING) / (TEXT_SIZE * CHARACTER_WIDTH));
  const count = lines.flatMap((line) => breakLine(line, most)).length;
  return PADDING + TITLE_SIZE + 16 + count * LINE_HEIGHT;
}

/** A flow through `points`; the last segment ends in an arrow head, with `both` the first begins with one too. */
export function flow(
  number: number,
  points: readonly (readonly [number, number])[],
  badge: readonly [number, number],
  both = false,
): string {
  const path = points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${x} ${y}`).join(" ");
  const start = both ? ' marker-start="url(#tail)"' : "";
  return [
    `<path d="${path}" class="flow" marker-end="url(#head)"${start}/>`,
    `<circle cx="${badge[0]}" cy="${badge[1]}" r="11" class="badge"/>`,
    text(badge[0], badge[1] + 4.5, String(number), "badge-text", "middle"),
  ].join("\n");
}

/** Words of `line` in lines of at most `most` characters; a word that is longer is broken after a dot or hyphen. */
export function breakLine(line: string, most: number): string[] {
  const lines: string[] = [];
  const words = line.split(" ").flatMap((word) => (word.length > most ? word.split(/(?<=[.-])/) : [word]));
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

export function escape(content: string): string {
  return content
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

const FONT = "font-family:'Segoe UI','Helvetica Neue',Helvetica,Arial,'Liberation Sans',sans-serif";

interface Theme {
  readonly paper: string;
  readonly outside: string;
  readonly ink: string;
  readonly soft: string;
  readonly card: string;
  readonly line: string;
  readonly account: string;
  readonly network: string;
  readonly networkFill: string;
  readonly data: string;
  readonly compute: string;
  readonly guard: string;
  readonly flow: string;
}

const LIGHT: Theme = {
  paper: "#ffffff",
  outside: "#f1f3f5",
  ink: "#1b1f24",
  soft: "#4a525c",
  card: "#ffffff",
  line: "#8a94a0",
  account: "#5b4bb5",
  network: "#1a7f55",
  networkFill: "#f0f8f3",
  data: "#1f6fb2",
  compute: "#b5560f",
  guard: "#6b7480",
  flow: "#2b3440",
};

const DARK: Theme = {
  paper: "#14181d",
  outside: "#1d232a",
  ink: "#e9edf2",
  soft: "#b4bdc8",
  card: "#1d232a",
  line: "#7c8794",
  account: "#a79bf0",
  network: "#58c394",
  networkFill: "#16251e",
  data: "#6cb2ee",
  compute: "#f0a266",
  guard: "#98a3b0",
  flow: "#d5dce4",
};

function rules(theme: Theme): string {
  const card = (stroke: string) => `{fill:${theme.card};stroke:${stroke};stroke-width:1.6}`;
  return [
    `.paper{fill:${theme.paper}}`,
    `.outside{fill:${theme.outside}}`,
    `.heading{fill:${theme.ink};font-size:22px;font-weight:600}`,
    `.title{fill:${theme.ink};font-size:${TITLE_SIZE}px;font-weight:600}`,
    `.body{fill:${theme.soft};font-size:${TEXT_SIZE}px}`,
    `.account{fill:none;stroke:${theme.account};stroke-width:2.5}`,
    `.account-text{fill:${theme.account};font-size:14px;font-weight:600}`,
    `.network{fill:${theme.networkFill};stroke:${theme.network};stroke-width:2.2;stroke-dasharray:9 5}`,
    `.subnets{fill:none;stroke:${theme.network};stroke-width:1.2;stroke-dasharray:3 4}`,
    `.network-text{fill:${theme.network};font-size:13px;font-weight:600}`,
    `.data${card(theme.data)}`,
    `.compute${card(theme.compute)}`,
    `.guard${card(theme.guard)}`,
    `.vpcEndpoints${card(theme.network)}`,
    `.actor${card(theme.line)}`,
    `.flow{fill:none;stroke:${theme.flow};stroke-width:1.8}`,
    `.arrow{fill:${theme.flow}}`,
    `.badge{fill:${theme.flow}}`,
    `.badge-text{fill:${theme.paper};font-size:12px;font-weight:700}`,
  ].join("");
}

/** The whole picture on its own paper, so that it can be read on any page; it turns dark with the reader's theme. */
export function picture(width: number, height: number, title: string, content: readonly string[]): string {
  const marker = (id: string, orient: string) =>
    `<marker id="${id}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="${orient}">` +
    `<path d="M0 0L10 5L0 10z" class="arrow"/></marker>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escape(title)}">`,
    `<title>${escape(title)}</title>`,
    `<style>text{${FONT}}${rules(LIGHT)}@media (prefers-color-scheme:dark){${rules(DARK)}}</style>`,
    `<defs>${marker("head", "auto")}${marker("tail", "auto-start-reverse")}</defs>`,
    `<rect width="${width}" height="${height}" class="paper"/>`,
    ...content,
    "</svg>\n",
  ].join("\n");
}
