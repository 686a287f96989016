import assert from "node:assert/strict";
import { parseSettings } from "../../../policies/kit";
import { securityPack } from "../../../policies/security/pack";
import type { Breakage } from "../support/breakage";
import { add, change, inDocument, inTask, put, statement, unset } from "../support/breakage";
import { InProcess } from "../support/evaluate";
import { ACCOUNT, analyzed, REGION } from "../support/fixture";
import { bare, T } from "./breakages/types";
import { platform } from "./platform/platform";

/** Mistakes as people make them, the rule that must find each, and what its message must say. */
const MISTAKES: readonly { readonly rule: string; readonly says: RegExp; readonly mistake: Breakage }[] = [
  {
    rule: "s3-no-public-policy",
    says: /statement Partner lets everybody in.*policy|Name the principals/,
    mistake: statement(T.bucketPolicy, "policy", {
      Sid: "Partner",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: ["s3:GetObject", "s3:ListBucket"],
      Resource: "*",
      Condition: {
        StringLike: { "aws:Referer": "https://apps.smartretail.example/*" },
        DateGreaterThan: { "aws:CurrentTime": "2026-01-01T00:00:00Z" },
      },
    }),
  },
  {
    rule: "iam-no-service-wildcard",
    says: /statement Lake allows s3:\*/,
    mistake: statement(T.rolePolicy, "policy", {
      Sid: "Lake",
      Effect: "Allow",
      Action: ["s3:*"],
      Resource: "arn:aws:s3:::smartretail-prod-raw*",
    }),
  },
  {
    rule: "iam-passrole-scoped",
    says: /no iam:PassedToService/,
    mistake: statement(T.rolePolicy, "policy", {
      Sid: "Pass",
      Effect: "Allow",
      Action: ["iam:GetRole", "iam:PassRole"],
      Resource: `arn:aws:iam::${ACCOUNT}:role/inference`,
    }),
  },
  {
    rule: "sm-epc-cmk",
    says: /variant champion on ml\.m5\.large has an unprotected volume.*kmsKeyArn is not set/,
    mistake: unset(T.config, "kmsKeyArn"),
  },
  {
    rule: "sm-asl-train-isolated",
    says: /state Train starts a training job without EnableNetworkIsolation/,
    mistake: inTask("createTrainingJob", "open", (args) => delete args.EnableNetworkIsolation),
  },
  {
    rule: "alarm-dimensions",
    says: /watches nothing.*dimensions is not set/,
    mistake: unset(T.alarm, "dimensions"),
  },
  {
    rule: "sg-no-open-ingress",
    says: /everybody \(::\/0\) can reach port 443/,
    mistake: put(T.ingressRule, "cidrIpv6", "::/0"),
  },
  {
    rule: "kms-no-lockout",
    says: /nobody may change the key's policy/,
    mistake: inDocument(T.key, "policy", "the administrators are gone", (root) => {
      root.Statement = root.Statement.filter(({ Action }) => Action !== "kms:*");
    }),
  },
  {
    rule: "kms-no-lockout",
    says: /denies kms:PutKeyPolicy to everybody/,
    mistake: statement(T.key, "policy", {
      Sid: "Freeze",
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: ["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"],
      Resource: "*",
    }),
  },
  {
    rule: "sched-dlq",
    says: /lost.*target\.deadLetterConfig\.arn is not set/,
    mistake: unset(T.scheduler, "target.deadLetterConfig"),
  },
  {
    rule: "sm-ep-rollback-alarms",
    says: /no variant of the endpoint|no rollback alarm watches variant/,
    mistake: put(
      T.alarm,
      "dimensions.VariantName",
      "challenger",
      ({ name }) => name === "champion-ModelLatency",
    ),
  },
  {
    rule: "sm-model-image-allowlist",
    says: /registry is not allowed|not pinned by digest/,
    mistake: put(
      T.model,
      "primaryContainer.image",
      `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/serving:stable`,
    ),
  },
  {
    rule: "iam-trust-confused-deputy",
    says: /scheduler\.amazonaws\.com assume the role for any account/,
    mistake: statement(T.role, "assumeRolePolicy", {
      Sid: "Scheduler",
      Effect: "Allow",
      Principal: { Service: "scheduler.amazonaws.com" },
      Action: "sts:AssumeRole",
    }),
  },
  {
    rule: "sqs-closed",
    says: /lets everybody use the queue/,
    mistake: statement(T.queuePolicy, "policy", {
      Sid: "Events",
      Effect: "Allow",
      Principal: "*",
      Action: "sqs:SendMessage",
      Resource: "*",
      Condition: { StringEqualsIfExists: { "aws:SourceAccount": ACCOUNT } },
    }),
  },
  {
    rule: "net-no-internet",
    says: /reaches the internet/,
    mistake: add(bare("aws:ec2/natGateway:NatGateway", { subnetId: "subnet-1" })),
  },
  {
    rule: "sm-epc-challenger-weight",
    says: /challengers \(challenger\) get 50 % of the traffic/,
    mistake: change(T.config, "productionVariants[1].initialVariantWeight", () => 90),
  },
];

describe("mistakes that people make", () => {
  const rules = new InProcess(
    securityPack.rules,
    parseSettings(securityPack.presets.smartretail, securityPack.rules),
  );
  const clean = analyzed(platform);

  for (const { rule, says, mistake } of MISTAKES) {
    it(`${rule} finds: ${mistake.what}`, () => {
      const baseline = rules.violations(clean);

      const broken = mistake.apply(clean);
      assert.ok(broken);
      const found = [...rules.violations(broken.resources)].filter((violation) => !baseline.has(violation));

      const own = found.filter((violation) => violation.startsWith(`${rule} `));
      assert.ok(own.length > 0, `found only: ${found.join("\n")}`);
      assert.ok(
        own.some((violation) => says.test(violation)),
        own.join("\n"),
      );
      assert.ok(
        own.every(
          (violation) => broken.changed.some((urn) => violation.includes(urn)) || rule.startsWith("sm-ep-"),
        ),
      );
    });
  }
});
