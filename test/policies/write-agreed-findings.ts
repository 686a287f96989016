/** Part of `npm run goldens`: writes what each rule reports about its violating cases; read the difference before it is committed. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { costPack } from "../../policies/cost/pack";
import { securityPack } from "../../policies/security/pack";
import { violatingCostCases } from "./cost/violating-cases";
import { violatingSecurityCases } from "./security/violating-cases";
import { agreedFindingsFile, currentFindings, type AgreedFindings } from "./support/agreed-findings";

function write(pack: "security" | "cost", findings: AgreedFindings): void {
  writeFileSync(agreedFindingsFile(pack), `${JSON.stringify(findings, undefined, 2)}\n`);
  console.log(`wrote test/policies/${pack}/agreed-findings.json`);
}

write("security", currentFindings(securityPack.rules, violatingSecurityCases));
// Files that rules of the cost pack read are named relative to its folder, where the CLI runs it.
process.chdir(join(__dirname, "..", "..", "policies", "cost"));
write("cost", currentFindings(costPack.rules, violatingCostCases));
