import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A website in a bucket behind CloudFront: content bucket with a public policy, logs bucket, objects, distribution. */
export function staticWebsite(): void {
  const content = new aws.s3.Bucket("content", { bucket: "www.example.com" });
  new aws.s3.BucketWebsiteConfiguration("content", {
    bucket: content.id,
    indexDocument: { suffix: "index.html" },
    errorDocument: { key: "404.html" },
  });
  const open = new aws.s3.BucketPublicAccessBlock("content", { bucket: content.id, blockPublicAcls: false });
  new aws.s3.BucketPolicy(
    "content",
    {
      bucket: content.id,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: "*",
            Action: ["s3:GetObject"],
            Resource: [pulumi.interpolate`${content.arn}/*`],
          },
        ],
      }),
    },
    { dependsOn: open },
  );
  for (const page of ["index.html", "404.html"])
    new aws.s3.BucketObject(page, {
      bucket: content.id,
      key: page,
      content: "<html></html>",
      contentType: "text/html",
    });
  const logs = new aws.s3.Bucket("logs", { bucket: "www.example.com-logs" });
  new aws.cloudfront.Distribution("site", distribution(content, logs));
}

function distribution(content: aws.s3.Bucket, logs: aws.s3.Bucket): aws.cloudfront.DistributionArgs {
  return {
    enabled: true,
    origins: [
      {
        originId: "content",
        domainName: content.websiteEndpoint,
        customOriginConfig: {
          httpPort: 80,
          httpsPort: 443,
          originProtocolPolicy: "http-only",
          originSslProtocols: ["TLSv1.2"],
        },
      },
    ],
    defaultCacheBehavior: {
      targetOriginId: "content",
      viewerProtocolPolicy: "redirect-to-https",
      allowedMethods: ["GET", "HEAD", "OPTIONS"],
      cachedMethods: ["GET", "HEAD", "OPTIONS"],
      forwardedValues: { queryString: false, cookies: { forward: "none" } },
    },
    restrictions: { geoRestriction: { restrictionType: "none" } },
    viewerCertificate: {
      acmCertificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/1",
      sslSupportMethod: "sni-only",
    },
    loggingConfig: { bucket: logs.bucketDomainName, includeCookies: false, prefix: "www/" },
  };
}
