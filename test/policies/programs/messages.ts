import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A topic that fans out to two queues, and a bucket that announces new objects to the topic. */
export function messages(): void {
  const topic = new aws.sns.Topic("orders");
  for (const name of ["billing", "shipping"]) {
    const queue = new aws.sqs.Queue(name, { visibilityTimeoutSeconds: 60 });
    new aws.sqs.QueuePolicy(name, {
      queueUrl: queue.id,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: "*",
            Action: "sqs:SendMessage",
            Resource: queue.arn,
            Condition: { ArnEquals: { "aws:SourceArn": topic.arn } },
          },
        ],
      }),
    });
    new aws.sns.TopicSubscription(name, { topic: topic.arn, protocol: "sqs", endpoint: queue.arn });
  }
  const uploads = new aws.s3.Bucket("uploads", {
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "s3:PutObject", Resource: "*" }],
    }),
    versioning: { enabled: true },
  });
  new aws.sns.TopicPolicy("orders", {
    arn: topic.arn,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "s3.amazonaws.com" },
          Action: "sns:Publish",
          Resource: topic.arn,
          Condition: { ArnLike: { "aws:SourceArn": uploads.arn } },
        },
      ],
    }),
  });
  new aws.s3.BucketNotification("uploads", {
    bucket: uploads.id,
    topics: [{ topicArn: topic.arn, events: ["s3:ObjectCreated:*"] }],
  });
}
