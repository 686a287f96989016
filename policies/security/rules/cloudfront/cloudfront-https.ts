import type { ResourceRule } from "../../../kit";
import { DISTRIBUTION } from "./distributions";

const POLICY = "viewerProtocolPolicy";

export const cloudfrontHttps: ResourceRule = {
  id: "cloudfront-https",
  title: "Distributions answer by HTTPS only, with TLS 1.2 or later",
  severity: "high",
  rationale: "allow-all serves pages and cookies in the clear to whoever types the address without https.",
  controls: [
    "CKV_AWS_34",
    "CKV_AWS_174",
    "CloudFront.3",
    "AWS-0012",
    "AWS-0013",
    "CloudFrontDistributionHttpsViewerNoOutdatedSSL",
  ],
  inspects: {
    [DISTRIBUTION]: [
      `defaultCacheBehavior.${POLICY}`,
      `orderedCacheBehaviors[*].${POLICY}`,
      "viewerCertificate",
    ],
  },
  remedy:
    'Set viewerProtocolPolicy to "redirect-to-https" in every behaviour, and minimumProtocolVersion to TLSv1.2_2021.',
  check: (distribution) => {
    const behaviours = [
      distribution.at("defaultCacheBehavior"),
      ...distribution.at("orderedCacheBehaviors").items(),
    ];
    for (const behaviour of behaviours)
      behaviour.forbid<string>(POLICY, (v) => v === "allow-all", "plain HTTP is answered");
    const certificate = distribution.at("viewerCertificate");
    // With CloudFront's own certificate the version cannot be chosen.
    if (certificate.presence !== "known" || certificate.at("cloudfrontDefaultCertificate").known === true)
      return;
    certificate.require<string>(
      "minimumProtocolVersion",
      (v) => /^TLSv1\.[23]/.test(v),
      "versions of TLS that are broken are accepted",
    );
  },
};
