/** An attribute of DynamoDB: texts, numbers and truth values are what claims are made of. */
type AttributeValue = Readonly<Partial<Record<"S" | "N", string> & { BOOL: boolean }>>;
export type Item = Readonly<Record<string, AttributeValue>>;

interface Expressions {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Item;
}

type Value = string | number | boolean | undefined;

/**
 * Whether a condition holds for an item: attribute_exists, attribute_not_exists, comparisons, AND, OR, NOT and brackets of
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
 */
export function conditionHolds(condition: string, item: Item, expressions: Expressions): boolean {
  const parser = new ConditionParser(condition, item, expressions);
  return parser.whole();
}

/** The item after `SET a = :b, c = :d`. */
export function updated(expression: string, item: Item, expressions: Expressions): Item {
  const match = /^SET\s+([\s\S]+)$/.exec(expression.trim());
  if (!match) throw new Error(`UpdateExpression "${expression}": only SET is known here`);
  const changes = match[1]!.split(",").map((part) => {
    const [, name, value] = /^\s*(#?\w+)\s*=\s*(:\w+)\s*$/.exec(part) ?? [];
    const given = value === undefined ? undefined : expressions.ExpressionAttributeValues?.[value];
    if (name === undefined || given === undefined)
      throw new Error(`UpdateExpression "${part}" is not known here`);
    return [nameOf(name, expressions), given] as const;
  });
  return { ...item, ...Object.fromEntries(changes) };
}

class ConditionParser {
  private readonly tokens: string[];
  private at = 0;

  public constructor(
    private readonly condition: string,
    private readonly item: Item,
    private readonly expressions: Expressions,
  ) {
    this.tokens = condition.match(/[#:]?\w+|<>|<=|>=|[=<>(),]/g) ?? [];
  }

  public whole(): boolean {
    const holds = this.or();
    if (this.at < this.tokens.length) throw this.unknown();
    return holds;
  }

  private or(): boolean {
    let holds = this.and();
    while (this.takes("OR")) holds = this.and() || holds;
    return holds;
  }

  private and(): boolean {
    let holds = this.not();
    while (this.takes("AND")) holds = this.not() && holds;
    return holds;
  }

  private not(): boolean {
    if (this.takes("NOT")) return !this.not();
    if (!this.takes("(")) return this.test();
    const holds = this.or();
    this.expect(")");
    return holds;
  }

  private test(): boolean {
    const name = this.next();
    if (name === "attribute_exists" || name === "attribute_not_exists") {
      this.expect("(");
      const isThere = this.valueOf(this.next()) !== undefined;
      this.expect(")");
      return isThere === (name === "attribute_exists");
    }
    const [left, operator, right] = [this.valueOf(name), this.next(), this.valueOf(this.next())];
    return this.compare(left, operator, right);
  }

  /** What is not there, or of another type, equals nothing and is ordered before and after nothing. */
  private compare(left: Value, operator: string, right: Value): boolean {
    const isComparable = left !== undefined && right !== undefined && typeof left === typeof right;
    switch (operator) {
      case "=":
        return isComparable && left === right;
      case "<>":
        return !(isComparable && left === right);
      case "<":
        return isComparable && left < right;
      case "<=":
        return isComparable && left <= right;
      case ">":
        return isComparable && left > right;
      case ">=":
        return isComparable && left >= right;
      default:
        throw this.unknown();
    }
  }

  private valueOf(token: string): Value {
    if (!/^[#:]?\w+$/.test(token)) throw this.unknown();
    const value = token.startsWith(":")
      ? this.expressions.ExpressionAttributeValues?.[token]
      : this.item[nameOf(token, this.expressions)];
    if (value?.N !== undefined) return Number(value.N);
    return value?.S ?? value?.BOOL;
  }

  private takes(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }

  private next(): string {
    return this.tokens[this.at++] ?? "";
  }

  private expect(token: string): void {
    if (!this.takes(token)) throw this.unknown();
  }

  private unknown(): Error {
    return new Error(
      `ConditionExpression "${this.condition}" is not known here, near "${this.tokens[this.at] ?? "its end"}"`,
    );
  }
}

function nameOf(name: string, { ExpressionAttributeNames }: Expressions): string {
  if (!name.startsWith("#")) return name;
  const real = ExpressionAttributeNames?.[name];
  if (real === undefined) throw new Error(`${name} is not among ExpressionAttributeNames`);
  return real;
}
