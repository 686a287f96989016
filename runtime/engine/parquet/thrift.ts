import type { ByteSink } from "./byte-sink";

/**
 * Thrift's compact protocol, as far as Parquet's headers need it: integers, texts, lists and nested structs. Fields must
 * be written in ascending order of their ids (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md).
 */
const TYPE = { i32: 5, i64: 6, binary: 8, list: 9, struct: 12 } as const;

export type ThriftValue =
  | { readonly i32: number }
  | { readonly i64: number }
  | { readonly text: string }
  | { readonly list: readonly ThriftValue[] }
  | { readonly struct: ThriftStruct };

/** Field id and value, ascending by id. */
export type ThriftStruct = readonly (readonly [id: number, value: ThriftValue])[];

export function writeStruct(sink: ByteSink, fields: ThriftStruct): void {
  let last = 0;
  for (const [id, value] of fields) {
    const delta = id - last;
    if (delta < 1 || delta > 15) throw new Error(`field ${id} cannot follow field ${last}`);
    sink.byte((delta << 4) | typeOf(value));
    writeValue(sink, value);
    last = id;
  }
  sink.byte(0);
}

function typeOf(value: ThriftValue): number {
  if ("i32" in value) return TYPE.i32;
  if ("i64" in value) return TYPE.i64;
  if ("text" in value) return TYPE.binary;
  return "list" in value ? TYPE.list : TYPE.struct;
}

function writeValue(sink: ByteSink, value: ThriftValue): void {
  if ("i32" in value) sink.varint(zigzag(value.i32));
  else if ("i64" in value) sink.varint(zigzag(value.i64));
  else if ("text" in value) writeText(sink, value.text);
  else if ("list" in value) writeList(sink, value.list);
  else writeStruct(sink, value.struct);
}

function writeText(sink: ByteSink, text: string): void {
  const bytes = Buffer.from(text);
  sink.varint(bytes.length);
  sink.bytes(bytes);
}

function writeList(sink: ByteSink, items: readonly ThriftValue[]): void {
  const type = items[0] === undefined ? TYPE.struct : typeOf(items[0]);
  if (items.length < 15) sink.byte((items.length << 4) | type);
  else {
    sink.byte(0xf0 | type);
    sink.varint(items.length);
  }
  for (const item of items) writeValue(sink, item);
}

/** Signed to unsigned; the numbers here are sizes and offsets, exact to 2^53. */
function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}
