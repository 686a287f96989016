/** Bytes that grow; reused from page to page. */
export class ByteSink {
  public length = 0;
  private buffer: Uint8Array<ArrayBuffer>;

  public constructor(capacity = 1 << 16) {
    this.buffer = new Uint8Array(capacity);
  }

  /** Makes room and returns the array to write into from `length` on; the writer adds to `length` itself. */
  public reserve(count: number): Uint8Array<ArrayBuffer> {
    if (this.length + count > this.buffer.length) {
      const larger = new Uint8Array(Math.max(this.length + count, this.buffer.length * 2));
      larger.set(this.buffer.subarray(0, this.length));
      this.buffer = larger;
    }
    return this.buffer;
  }

  public byte(value: number): void {
    this.reserve(1)[this.length++] = value;
  }

  public bytes(values: Uint8Array): void {
    this.reserve(values.length).set(values, this.length);
    this.length += values.length;
  }

  /** Seven bits a byte, lowest first, for numbers up to 2^53. */
  public varint(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.byte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.byte(rest);
  }

  public uint32(value: number): void {
    this.bytes(Uint8Array.of(value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >>> 24) & 255));
  }

  /** What was written; valid until the next write. */
  public view(): Uint8Array<ArrayBuffer> {
    return this.buffer.subarray(0, this.length);
  }

  public clear(): void {
    this.length = 0;
  }
}
