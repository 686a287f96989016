import assert from "node:assert/strict";
import { programMessages, lineOf, readJudged, type ProgramMessage } from "./program-messages";
import { PROGRAMS } from "./programs";

/** Share of the messages of the preset general that nobody needs. */
const MAX_NOISE = 0.1;

const judged = readJudged();
const all = Object.values(judged).flat();

function violations(messages: readonly ProgramMessage[]): ProgramMessage[] {
  return messages.filter(({ outcome }) => outcome === "violation" || outcome === "fault");
}

describe("both packs over programs in the shapes of public examples", () => {
  let general: readonly ProgramMessage[];
  let smartretail: readonly ProgramMessage[];

  before(async () => {
    general = await programMessages("general");
    smartretail = await programMessages("smartretail");
  });

  it("run over ten programs, and no rule fails in any of them", () => {
    assert.ok(Object.keys(PROGRAMS).length >= 10);
    assert.deepEqual(
      [...general, ...smartretail].filter(({ outcome }) => outcome === "fault"),
      [],
    );
  });

  for (const program of Object.keys(PROGRAMS))
    it(`${program}: every message of the preset general has been judged, and no other is`, () => {
      const said = violations(general).filter((one) => one.program === program);

      assert.deepEqual(said.map(lineOf).sort(), (judged[program] ?? []).map(({ message }) => message).sort());
    });

  it("are noise in less than a tenth of the messages, each with its reason", () => {
    const noise = all.filter(({ verdict }) => verdict === "noise");
    console.log(
      `      ${all.length} messages of the preset general, ${noise.length} of them noise; smartretail: ${violations(smartretail).length}`,
    );

    assert.ok(noise.length < all.length * MAX_NOISE, `${noise.length} of ${all.length} are noise`);
    assert.deepEqual(
      noise.filter(({ why = "" }) => why.length < 20),
      [],
    );
    assert.ok(all.every(({ verdict }) => ["true", "noise"].includes(verdict)));
  });

  it("find the gravest mistakes, each by a mandatory rule", () => {
    const mandatory = new Set(
      violations(general)
        .filter(({ level }) => level === "mandatory")
        .map(({ program, policy }) => `${program} ${policy}`),
    );

    for (const mistake of [
      "database rds-not-public",
      "database rds-encrypted",
      "database rds-backups",
      "database ec2-no-secrets",
      "database ssm-secure-string",
      "fargate ecs-no-secrets",
      "fargate lb-https",
      "messages s3-no-public-policy",
      "static-website cloudfront-https",
      "table-stream iam-no-admin",
      "warehouse redshift-not-public",
      "warehouse athena-encrypted",
    ])
      assert.ok(mandatory.has(mistake), `${mistake} is not among ${[...mandatory].join(", ")}`);
  });

  it("say one thing about the network of awsx by one rule", () => {
    const said = violations(general).filter(({ program }) => program === "network");

    assert.equal(new Set(said.map(({ policy }) => policy)).size, said.length);
    assert.ok(said.length <= 5, said.map(lineOf).join("\n"));
    for (const once of ["net-no-internet", "subnet-no-public-ip", "cost-nat-gateways"])
      assert.equal(
        violations(smartretail).filter(({ program, policy }) => program === "network" && policy === once)
          .length,
        1,
        once,
      );
  });

  it("ask for the tags of this platform by one pack, in one message a resource", () => {
    const tags = violations(smartretail).filter(({ policy }) => /tags$|tagged$/.test(policy));

    assert.ok(tags.length > 50);
    assert.equal(new Set(tags.map(({ program, urn }) => `${program} ${urn}`)).size, tags.length);
  });

  it("name the resource types that no rule looks at", () => {
    const notes = general.filter(({ outcome, program }) => outcome === "note" && program === "kubernetes");

    assert.ok(notes.some(({ message }) => message.includes("aws:eks/cluster:Cluster (1)")));
    assert.ok(notes.every(({ level }) => level === "advisory"));
  });
});
