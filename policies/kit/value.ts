import { HIDDEN } from "./secrets";
import { isUnknown } from "./unknown";

/** What a check does with what it found; a Value passes its own path along. */
export interface Reporter {
  /** A violation at `path`. `finding` is the granular part that an exemption can name, such as `Action::s3:*`. */
  fail(message: string, path: string, finding?: string): void;
  /** The value at `path` is needed and not known yet. */
  defer(path: string): void;
  /** A violation that many resources share: the first one speaks for all that give the same `cause`. */
  failOnce?(cause: string, message: string, path: string, finding?: string): void;
  /** URN of the nearest component around the resource; empty when there is none. */
  component?(): string;
  /** Whether the program marked the value at `path` as secret. */
  isSecret?(path: string): boolean;
  /** The rule reads the resource; only rules that read several need to know. */
  lookAt?(): void;
  /** `text` without the secrets of the run. */
  hide?(text: string): string;
}

export type Presence = "unset" | "unknown" | "known";

/**
 * One value of a resource in three states: not set, set but not known yet (preview), known. Checks never see the raw
 * sentinel and no read throws, so one unknown value cannot hide the violation beside it.
 */
export class Value {
  public constructor(
    private readonly raw: unknown,
    public readonly path: string,
    private readonly reporter: Reporter,
  ) {}

  public get presence(): Presence {
    if (this.raw === undefined || this.raw === null) return "unset";
    return isUnknown(this.raw) ? "unknown" : "known";
  }

  /** Whether the program marked the value, or what it is part of, as secret. */
  public get isSecret(): boolean {
    return this.reporter.isSecret?.(this.path) ?? false;
  }

  /** Set, known or not; a blank text, an empty list or map counts as not set. */
  public get isSet(): boolean {
    if (this.presence !== "known") return this.presence === "unknown";
    if (typeof this.raw === "string") return this.raw.trim() !== "";
    if (Array.isArray(this.raw)) return this.raw.length > 0;
    return typeof this.raw !== "object" || Object.keys(this.raw as object).length > 0;
  }

  /** The raw value when it is known, without any report. */
  public get known(): unknown {
    return this.presence === "known" ? this.raw : undefined;
  }

  /** The nested value at `path` (`a.b[0].c`); below an unknown value everything is unknown. */
  public at(path: string): Value {
    const segments = path.match(/[^.[\]]+/g) ?? [];
    let current = this.raw;
    for (const segment of segments) {
      if (isUnknown(current)) break;
      current =
        current !== null && typeof current === "object"
          ? (current as Record<string, unknown>)[segment]
          : undefined;
    }
    return new Value(current, joinPath(this.path, path), this.reporter);
  }

  /** The value for a decision: the fallback when unset; when unknown it is deferred and the answer is undefined. */
  public read<T>(fallback?: T): T | undefined {
    if (this.presence === "unset") return fallback;
    if (this.presence === "known") return this.raw as T;
    this.reporter.defer(this.path);
    return undefined;
  }

  /** The elements of a list; an unknown list is deferred. A single value counts as a list of one. */
  public items(): Value[] {
    if (this.presence === "unset") return [];
    if (this.presence === "unknown") {
      this.reporter.defer(this.path);
      return [];
    }
    if (!Array.isArray(this.raw)) return [this];
    return this.raw.map((item, i) => new Value(item, `${this.path}[${i}]`, this.reporter));
  }

  /** The members of a map; an unknown map is deferred. */
  public members(): { readonly key: string; readonly value: Value }[] {
    const map = this.read<Record<string, unknown>>({});
    if (map === undefined || typeof map !== "object") return [];
    return Object.keys(map).map((key) => ({
      key,
      value: new Value(map[key], joinPath(this.path, key), this.reporter),
    }));
  }

  /** Fails when the value at `path` is not set. A set but unknown value passes. */
  public present(path: string, message: string): void {
    const value = this.at(path);
    if (!value.isSet) value.fail(message);
  }

  /** Fails when the value at `path` is not set or rejected by `accepts`; deferred while unknown. */
  public require<T>(path: string, accepts: (value: T) => boolean, message: string): void {
    const value = this.at(path);
    if (value.presence === "unset") value.fail(message);
    else this.forbid<T>(path, (known) => !accepts(known), message);
  }

  /** Fails when the value at `path` is set and met by `rejects`; deferred while unknown. */
  public forbid<T>(path: string, rejects: (value: T) => boolean, message: string): void {
    const value = this.at(path);
    const known = value.read<T>();
    if (known !== undefined && rejects(known)) value.fail(message);
  }

  public fail(message: string, finding?: string): void {
    this.reporter.fail(`${message} (${this.describe()})`, this.path, finding);
  }

  private describe(): string {
    if (this.path === "") return "the resource itself";
    if (this.presence === "unset") return `${this.path} is not set`;
    if (this.presence === "unknown" || (typeof this.raw === "object" && this.raw !== null)) return this.path;
    if (this.isSecret) return `${this.path} is ${HIDDEN}`;
    // Before it is cut: a part of a secret would not be recognised any more.
    const json = JSON.stringify(this.raw);
    const text = this.reporter.hide?.(json) ?? json;
    return `${this.path} is ${text.length > 80 ? `${text.slice(0, 77)}…` : text}`;
  }
}

export function joinPath(parent: string, child: string): string {
  if (parent === "" || child === "") return parent || child;
  return child.startsWith("[") ? `${parent}${child}` : `${parent}.${child}`;
}
