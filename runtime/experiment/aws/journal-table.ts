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
    const text = journalText(entry);
    try {
      await this.client.send(
        new PutItemCommand({
          TableName: this.tableName,
          Item: {
            ...keyOf(entry),
            at: { S: entry.at },
            action: { S: entry.action },
            entry: { S: text },
          },
          ConditionExpression: "attribute_not_exists(#category)",
          ExpressionAttributeNames: { "#category": CATEGORY },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return this.holds(entry, text);
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

  /** A write whose answer was lost is tried again by the SDK, and then meets itself. */
  private async holds(entry: JournalEntry, text: string): Promise<boolean> {
    const { Item } = await this.client.send(
      new GetItemCommand({ TableName: this.tableName, Key: keyOf(entry), ConsistentRead: true }),
    );
    return Item?.entry?.S === text;
  }
}

const keyOf = ({ category, revision }: JournalEntry) => ({
  [CATEGORY]: { S: category },
  [REVISION]: { N: String(revision) },
});
