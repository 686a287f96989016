import { displayWidth } from "../../scripts/terminal/table";

/** A Markdown table with padded cells, as Prettier writes it. */
export function markdownTable(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const cells = [titles, ...rows].map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = titles.map((_, column) =>
    Math.max(3, ...cells.map((row) => displayWidth(row[column] ?? ""))),
  );
  const line = (row: readonly string[], fill = " ") =>
    `| ${widths.map((width, column) => `${row[column] ?? ""}${fill.repeat(width - displayWidth(row[column] ?? ""))}`).join(" | ")} |`;
  const [head = [], ...body] = cells;
  return [
    line(head),
    line(
      widths.map(() => ""),
      "-",
    ),
    ...body.map((row) => line(row)),
  ];
}
