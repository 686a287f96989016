import { joinPath, Value, type Reporter } from "../value";
import type { JsonDocument } from "./json";

interface StateParts {
  readonly name: string;
  readonly path: string;
  readonly body: Record<string, unknown>;
}

/** One state of a machine, with the path that leads to it through Map and Parallel states. */
export class State {
  public constructor(
    private readonly parts: StateParts,
    public readonly path: string,
    private readonly reporter: Reporter,
  ) {}

  public get name(): string {
    return this.parts.name;
  }

  public get type(): string {
    return String(this.parts.body.Type ?? "");
  }

  public get body(): Readonly<Record<string, unknown>> {
    return this.parts.body;
  }

  public at(path: string): Value {
    return new Value(this.parts.body, this.path, this.reporter).at(path);
  }

  /** `sagemaker:createTrainingJob` for the optimised and for the aws-sdk integration alike; undefined for others. */
  public get api(): string | undefined {
    const resource = this.parts.body.Resource;
    if (typeof resource !== "string") return undefined;
    return /^arn:[^:]+:states:[^:]*:[^:]*:(?:aws-sdk:)?([^:]+:[^.:]+)/.exec(resource)?.[1];
  }

  /** What the task passes to the service: Parameters (JSONPath) or Arguments (JSONata). */
  public argument(path: string): Value {
    const arguments_ = this.parts.body.Parameters ?? this.parts.body.Arguments ?? {};
    const name = this.parts.body.Arguments === undefined ? "Parameters" : "Arguments";
    return new Value(arguments_, joinPath(this.path, name), this.reporter).at(path);
  }

  /** How an argument is given: not at all, as a literal, or computed from the input of the execution. */
  public origin(path: string): "unset" | "literal" | "input" {
    const literal = this.argument(path);
    if (literal.presence !== "unset") {
      return typeof literal.known === "string" && literal.known.startsWith("{%") ? "input" : "literal";
    }
    const segments = path.split(".");
    for (let depth = 1; depth <= segments.length; depth++) {
      const prefix = segments.slice(0, depth - 1).join(".");
      const parent = prefix === "" ? this.argument("") : this.argument(prefix);
      const known = parent.known as Record<string, unknown> | undefined;
      if (known && `${segments[depth - 1]}.$` in known) return "input";
    }
    return "unset";
  }

  public fail(message: string, finding?: string): void {
    this.reporter.fail(`state ${this.name} ${message}`, this.path, finding ?? this.name);
  }
}

/** A state machine's definition: all its states, also those inside Map and Parallel states. */
export interface StateMachineDocument {
  readonly path: string;
  readonly root: Readonly<Record<string, unknown>>;
  readonly states: readonly State[];
}

export function parseAsl(json: JsonDocument, path: string, reporter: Reporter): StateMachineDocument {
  const parts = (json.derived ??= collect(json.root ?? {}, "")) as StateParts[];
  return {
    path,
    root: json.root ?? {},
    states: parts.map((part) => new State(part, joinPath(path, part.path), reporter)),
  };
}

function collect(machine: Record<string, unknown>, path: string): StateParts[] {
  const states = machine.States;
  if (states === null || typeof states !== "object") return [];
  return Object.entries(states as Record<string, Record<string, unknown>>).flatMap(([name, body]) => {
    const at = joinPath(path, `States.${name}`);
    const nested = [body.ItemProcessor ?? body.Iterator].filter(isMachine);
    const branches = Array.isArray(body.Branches) ? body.Branches.filter(isMachine) : [];
    return [
      { name, path: at, body },
      ...nested.flatMap((machine_) => collect(machine_, joinPath(at, "ItemProcessor"))),
      ...branches.flatMap((branch, i) => collect(branch, joinPath(at, `Branches[${i}]`))),
    ];
  });
}

function isMachine(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object";
}
