import type { Finding, PackReport } from "../preview/policies/evaluate-pack";
import { isViolation } from "./policy-check";
import type { Colour } from "./terminal/colour";
import { table } from "./terminal/table";

/** Lines about what the packs found: violations grouped by resource, what is waived or deferred, and a summary. */
export function policyReport(reports: readonly PackReport[], paint: Colour): string[] {
  const findings = reports.flatMap((report) => report.findings);
  const violations = findings.filter(isViolation);
  const others = findings.filter((finding) => !isViolation(finding));
  return [
    ...byResource(violations, paint),
    ...others.flatMap((finding) => [
      `${paint.dim(finding.outcome)}  ${finding.policy}  ${finding.outcome === "exempted" ? resourceName(finding.urn) : ""}`.trimEnd(),
      `  ${paint.dim(finding.message)}`,
    ]),
    ...(findings.length > 0 ? [""] : []),
    ...summary(reports, paint),
  ];
}

function byResource(findings: readonly Finding[], paint: Colour): string[] {
  const urns = [...new Set(findings.map(({ urn }) => urn))];
  return urns.flatMap((urn) => [
    paint.bold(`${resourceName(urn)}  ${paint.dim(resourceType(urn))}`),
    ...findings.filter((finding) => finding.urn === urn).flatMap((finding) => violationLines(finding, paint)),
    "",
  ]);
}

function violationLines(finding: Finding, paint: Colour): string[] {
  const level = finding.level === "mandatory" ? paint.red("mandatory") : paint.yellow(finding.level);
  const kind = finding.outcome === "fault" ? "fault in the rule" : finding.severity;
  return [`  ${level} ${finding.policy} (${kind}): ${finding.title}`, `    ${finding.message}`];
}

/** One line per pack: what was checked, what was found, how long it took. */
function summary(reports: readonly PackReport[], paint: Colour): string[] {
  const count = (report: PackReport, accepts: (finding: Finding) => boolean): string =>
    String(report.findings.filter(accepts).length);
  const rows = reports.map((report) => [
    report.pack,
    String(report.policies),
    String(report.resources),
    count(report, (finding) => isViolation(finding) && finding.level === "mandatory"),
    count(report, (finding) => isViolation(finding) && finding.level !== "mandatory"),
    count(report, ({ outcome }) => outcome === "exempted"),
    count(report, ({ outcome }) => outcome === "deferred"),
    `${(report.startMilliseconds / 1000).toFixed(1)} s`,
    `${(report.analysisMilliseconds / 1000).toFixed(1)} s`,
  ]);
  const titles = [
    "Pack",
    "Policies",
    "Resources",
    "Mandatory",
    "Advisory",
    "Exempted",
    "Deferred",
    "Start",
    "Analysis",
  ];
  const [title = "", ...lines] = table(
    titles.map((name, i) => ({ title: name, ...(i === 0 ? {} : { align: "right" as const }) })),
    rows,
  );
  return [paint.dim(title), ...lines];
}

function resourceName(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

function resourceType(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}
