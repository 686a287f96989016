import type { ResourceRule } from "../../../kit";
import { BUCKET_LIFECYCLE } from "../tokens";

const DAYS = "abortIncompleteMultipartUpload.daysAfterInitiation";

export const costBucketAbortMultipart: ResourceRule = {
  id: "cost-bucket-abort-multipart",
  title: "Unfinished uploads are deleted within days",
  severity: "low",
  rationale: "The parts of an upload that broke off are billed and shown by no listing.",
  remedy: "Add an enabled rule with abortIncompleteMultipartUpload.daysAfterInitiation to the lifecycle.",
  controls: ["CKV_AWS_300", "Amazon S3 Incomplete Multipart Upload Abort Configuration"],
  inspects: { [BUCKET_LIFECYCLE]: [`rules[*].${DAYS}`, "rules[*].status"] },
  options: {
    maximumDays: {
      type: "integer",
      minimum: 1,
      description: "Longest time in days that an unfinished upload is kept.",
      default: 7,
    },
  },
  check: (configuration) => {
    const maximum = configuration.option<number>("maximumDays");
    const rules = configuration.at("rules");
    if (rules.presence === "unknown") return configuration.defer("rules");
    const days = rules
      .items()
      .filter((rule) => rule.at("status").read<string>("Enabled") !== "Disabled")
      .map((rule) => rule.at(DAYS));
    if (days.some((value) => value.presence === "unknown")) return configuration.defer(`rules[*].${DAYS}`);
    if (!days.some((value) => Number(value.known ?? Infinity) <= maximum))
      configuration.fail(`no rule deletes unfinished uploads within ${maximum} days`, "rules");
  },
};
