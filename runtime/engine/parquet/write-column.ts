import { ByteSink } from "./byte-sink";
import { Dictionary } from "./dictionary";
import { bitWidth, writeHybrid, writeRun } from "./hybrid-encoding";
import { writeStruct, type ThriftStruct } from "./thrift";

/** Numbers of the Parquet format (https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift). */
export const ENCODING = { plain: 0, rle: 3, dictionary: 8 } as const;
const PAGE = { data: 0, dictionary: 2 } as const;

/** Where a column chunk lies in the sink. */
export interface WrittenColumn {
  readonly dictionaryOffset: number | undefined;
  readonly dataOffset: number;
  readonly byteCount: number;
}

/** Scratch space for one writer at a time. */
export class ColumnEncoder {
  private readonly dictionary = new Dictionary();
  private readonly page = new ByteSink(1 << 20);
  private readonly codes: Int32Array;
  private readonly present: Int32Array;
  private readonly levels: Int32Array;

  public constructor(capacity: number) {
    this.codes = new Int32Array(capacity);
    this.present = new Int32Array(capacity);
    this.levels = new Int32Array(capacity);
  }

  /** Appends one column chunk: a dictionary page where it pays, and a data page. NaN in a float column is NULL. */
  public write(sink: ByteSink, values: Float32Array | Int32Array, count: number): WrittenColumn {
    const start = sink.length;
    const isOptional = values instanceof Float32Array;
    const bits = isOptional ? new Int32Array(values.buffer, values.byteOffset, count) : values;
    this.page.clear();
    const presentCount = isOptional ? this.writeLevels(values, bits, count) : count;
    const kept = presentCount === count ? bits : this.present;
    const hasDictionary = this.dictionary.encode(kept, presentCount, this.codes);
    if (hasDictionary) this.writeDictionaryPage(sink);
    const dataOffset = sink.length;
    if (hasDictionary) {
      const width = bitWidth(this.dictionary.size - 1);
      this.page.byte(width);
      writeHybrid(this.page, this.codes, presentCount, width);
    } else {
      this.page.bytes(new Uint8Array(kept.buffer, kept.byteOffset, presentCount * 4));
    }
    writePage(sink, this.page.view(), [
      5,
      {
        struct: [
          [1, { i32: count }],
          [2, { i32: hasDictionary ? ENCODING.dictionary : ENCODING.plain }],
          [3, { i32: ENCODING.rle }],
          [4, { i32: ENCODING.rle }],
        ],
      },
    ]);
    return {
      dictionaryOffset: hasDictionary ? start : undefined,
      dataOffset,
      byteCount: sink.length - start,
    };
  }

  /** Writes which rows have a value, and collects the values of those rows when some have none. */
  private writeLevels(values: Float32Array, bits: Int32Array, count: number): number {
    const start = this.page.length;
    this.page.uint32(0);
    let kept = count;
    if (values.subarray(0, count).includes(NaN)) {
      kept = this.collectPresent(values, bits, count);
      writeHybrid(this.page, this.levels, count, 1);
    } else {
      writeRun(this.page, 1, count, 1);
    }
    const length = this.page.length - start - 4;
    const header = this.page.view();
    new DataView(header.buffer, header.byteOffset).setUint32(start, length, true);
    return kept;
  }

  private collectPresent(values: Float32Array, bits: Int32Array, count: number): number {
    const { levels, present } = this;
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const value = values[i] as number;
      const isPresent = value === value ? 1 : 0;
      levels[i] = isPresent;
      present[kept] = bits[i] as number;
      kept += isPresent;
    }
    return kept;
  }

  private writeDictionaryPage(sink: ByteSink): void {
    const { size, values } = this.dictionary;
    writePage(sink, new Uint8Array(values.buffer, 0, size * 4), [
      7,
      {
        struct: [
          [1, { i32: size }],
          [2, { i32: ENCODING.plain }],
        ],
      },
    ]);
  }
}

function writePage(sink: ByteSink, body: Uint8Array, header: ThriftStruct[number]): void {
  writeStruct(sink, [
    [1, { i32: header[0] === 7 ? PAGE.dictionary : PAGE.data }],
    [2, { i32: body.length }],
    [3, { i32: body.length }],
    header,
  ]);
  sink.bytes(body);
}
