import * as pulumi from "@pulumi/pulumi";
import * as sns from "@pulumi/aws/sns";
import { sortedJson } from "./sorted-json";

interface AlertTopicArgs {
  /** Physical name, at most 256 characters. */
  readonly topicName: string;
  readonly displayName: string;
  readonly accountId: string;
  readonly region: string;
  /** Key that encrypts the messages; its policy must let `publishers` use it. */
  readonly kmsKeyArn: pulumi.Input<string>;
  /** AWS services that publish, e.g. `cloudwatch.amazonaws.com`. */
  readonly publishers: readonly string[];
  /** Addresses that are subscribed; each has to confirm once. */
  readonly emails: readonly string[];
}

/**
 * An encrypted topic that AWS services of this account publish to, over TLS only, with its e-mail subscriptions.
 *
 * It does not filter: a topic is for one kind of reader.
 */
export class AlertTopic extends pulumi.ComponentResource {
  /** Plain, built from the name: alarms and policies can name it before it exists. */
  public readonly arn: string;
  public readonly topic: sns.Topic;

  constructor(name: string, args: AlertTopicArgs, opts?: pulumi.ComponentResourceOptions) {
    super("smartretail:operations:AlertTopic", name, args, opts);
    this.arn = topicArn(args);
    this.topic = new sns.Topic(
      `${name}-topic`,
      { name: args.topicName, displayName: args.displayName, kmsMasterKeyId: args.kmsKeyArn },
      { parent: this },
    );
    new sns.TopicPolicy(
      `${name}-policy`,
      { arn: this.topic.arn, policy: sortedJson(topicPolicy(args)) },
      { parent: this },
    );
    for (const email of args.emails) {
      new sns.TopicSubscription(
        `${name}-${email}`,
        { topic: this.topic.arn, protocol: "email", endpoint: email },
        { parent: this },
      );
    }
    this.registerOutputs({ arn: this.arn });
  }
}

function topicArn({ region, accountId, topicName }: AlertTopicArgs): string {
  return `arn:aws:sns:${region}:${accountId}:${topicName}`;
}

function topicPolicy(args: AlertTopicArgs) {
  const arn = topicArn(args);
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AllowServicesOfThisAccount",
        Effect: "Allow",
        Principal: { Service: [...args.publishers].sort() },
        Action: "sns:Publish",
        Resource: arn,
        Condition: { StringEquals: { "aws:SourceAccount": args.accountId } },
      },
      {
        Sid: "DenyInsecureTransport",
        Effect: "Deny",
        Principal: "*",
        Action: "sns:Publish",
        Resource: arn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  };
}
