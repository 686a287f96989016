import * as pulumi from "@pulumi/pulumi";
import * as dynamodb from "@pulumi/aws/dynamodb";

interface ClaimsTableArgs {
  /** Physical name, 3 to 255 characters. */
  readonly tableName: string;
  /** Attribute of the key, a text. */
  readonly key: string;
  /** Attribute with the second since 1970 at which DynamoDB may delete an item. */
  readonly expiry: string;
  readonly kmsKeyArn: pulumi.Input<string>;
  /** Whether it cannot be deleted. */
  readonly protect: boolean;
}

/** A small table of who holds what: billed by request, encrypted, every second of the last 35 days restorable. */
export class ClaimsTable extends pulumi.ComponentResource {
  public readonly table: dynamodb.Table;

  constructor(name: string, args: ClaimsTableArgs, opts?: pulumi.ComponentResourceOptions) {
    super("smartretail:pipelines:ClaimsTable", name, args, opts);
    this.table = new dynamodb.Table(
      `${name}-table`,
      {
        name: args.tableName,
        billingMode: "PAY_PER_REQUEST",
        hashKey: args.key,
        attributes: [{ name: args.key, type: "S" }],
        ttl: { attributeName: args.expiry, enabled: true },
        pointInTimeRecovery: { enabled: true },
        serverSideEncryption: { enabled: true, kmsKeyArn: args.kmsKeyArn },
        deletionProtectionEnabled: args.protect,
      },
      { parent: this, protect: args.protect },
    );
    this.registerOutputs({ tableArn: this.table.arn });
  }
}
