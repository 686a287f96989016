import { randomUUID } from "node:crypto";
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from "@aws-sdk/client-dynamodb";
import type { Category } from "../../../contracts/categories";
import { EXPERIMENT_KEYS } from "../../../contracts/experiment";
import type { ExperimentJournal, JournalEntry } from "../journal";
import { journalText, parseJournalEntry } from "../journal-text";

const { category: CATEGORY, revision: REVISION } = EXPERIMENT_KEYS;

/** The journal as a DynamoDB table: an item a revision, put once and never changed. */
export class JournalTable implements ExperimentJournal {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
  ) {}

  async latest(category: Category): Promise<JournalEntry | undefined> {
    return (await this.history(category, 1))[0];
  }

  async append(entry: JournalEntry): Promise<boolean> {
    const writer = randomUUID();
    try {
      await this.client.send(
        new PutItemCommand({
          TableName: this.tableName,
          Item: {
            ...keyOf(entry),
            at: { S: entry.at },
            action: { S: entry.action },
            entry: { S: journalText(entry) },
            writer: { S: writer },
          },
          ConditionExpression: "attribute_not_exists(#category)",
          ExpressionAttributeNames: { "#category": CATEGORY },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return this.isOf(writer, entry);
      throw error;
    }
  }

  async history(category: Category, limit: number): Promise<JournalEntry[]> {
    const { Items = [] } = await this.client.send(
      new QueryCommand({
        TableName: this.tableName,
        KeyConditionExpression: "#category = :category",
        ExpressionAttributeNames: { "#category": CATEGORY },
        ExpressionAttributeValues: { ":category": { S: category } },
        ScanIndexForward: false,
        ConsistentRead: true,
        Limit: limit,
      }),
    );
    return Items.map(({ entry, [REVISION]: revision }) =>
      parseJournalEntry(entry?.S ?? "", `revision ${revision?.N} of ${category} in table ${this.tableName}`),
    );
  }

  /**
   * A write whose answer was lost is tried again by the SDK, and then meets itself. The text would not tell it from another
   * evaluator's: two that decide in the same millisecond write the same.
   */
  private async isOf(writer: string, entry: JournalEntry): Promise<boolean> {
    const { Item } = await this.client.send(
      new GetItemCommand({ TableName: this.tableName, Key: keyOf(entry), ConsistentRead: true }),
    );
    return Item?.writer?.S === writer;
  }
}

const keyOf = ({ category, revision }: JournalEntry) => ({
  [CATEGORY]: { S: category },
  [REVISION]: { N: String(revision) },
});
