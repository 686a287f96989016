import { displayWidth } from "../terminal/table";

const FONT_PIXELS = 13;
/** Most fixed-width fonts are 0.6 of their size wide; `textLength` fits the others in. */
const CELL_PIXELS = 7.8;
const LINE_PIXELS = 18;
const MARGIN_PIXELS = 16;
const COLOURS: Readonly<Record<string, string>> = {
  "31": "#ff8b82",
  "32": "#7fd6a8",
  "33": "#e8c46b",
  "36": "#78c7e8",
};

/** What a command has printed, colour codes included, as a picture of a terminal; what is wider than `columns` is cut off. */
export function terminalPicture(lines: readonly string[], columns: number): string {
  const width = Math.round(columns * CELL_PIXELS + 2 * MARGIN_PIXELS);
  const height = lines.length * LINE_PIXELS + 2 * MARGIN_PIXELS;
  const rows = lines.flatMap((line, i) => runsOf(line, MARGIN_PIXELS + (i + 0.75) * LINE_PIXELS));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="${FONT_PIXELS}" fill="#d8dee6" xml:space="preserve">`,
    `<rect width="${width}" height="${height}" rx="8" fill="#161b22"/>`,
    ...rows,
    "</svg>",
    "",
  ].join("\n");
}

/** Texts of one line, each with one look, each at its column. */
function runsOf(line: string, y: number): string[] {
  const runs: string[] = [];
  let [column, attributes] = [0, new Map<string, string>()];
  // eslint-disable-next-line no-control-regex
  for (const [, code, text] of line.matchAll(/\u001b\[(\d+)m|([^\u001b]+)/g)) {
    if (text === undefined) attributes = styled(attributes, code!);
    else {
      runs.push(...wordsOf(text, column).map((word) => run(word, y, attributes)));
      column += displayWidth(text);
    }
  }
  return runs;
}

function styled(before: ReadonlyMap<string, string>, code: string): Map<string, string> {
  const after = new Map(before);
  if (code === "1") after.set("font-weight", "700");
  if (code === "2") after.set("opacity", "0.6");
  if (code === "22") ["font-weight", "opacity"].forEach((name) => after.delete(name));
  if (code === "39") after.delete("fill");
  const colour = COLOURS[code];
  if (colour !== undefined) after.set("fill", colour);
  return after;
}

interface Word {
  readonly text: string;
  readonly column: number;
}

/** Parts between two or more blanks: columns of a table stay where they are in any font. */
function wordsOf(text: string, column: number): Word[] {
  return [...text.matchAll(/\S+(?: \S+)*/g)].map((match) => ({
    text: match[0],
    column: column + displayWidth(text.slice(0, match.index)),
  }));
}

function run({ text, column }: Word, y: number, attributes: ReadonlyMap<string, string>): string {
  const x = (MARGIN_PIXELS + column * CELL_PIXELS).toFixed(1);
  const length = (displayWidth(text) * CELL_PIXELS).toFixed(1);
  const style = [...attributes].map(([name, value]) => ` ${name}="${value}"`).join("");
  return `<text x="${x}" y="${y.toFixed(1)}" textLength="${length}" lengthAdjust="spacingAndGlyphs"${style}>${escaped(text)}</text>`;
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
