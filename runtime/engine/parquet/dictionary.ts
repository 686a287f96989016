/** Values that a dictionary may hold; more are written plainly. */
const LARGEST_DICTIONARY = 1 << 14;
const SLOTS = 1 << 16;
const HASH = 0x9e3779b1;

/** Numbers every distinct 32-bit value in the order of its first appearance. Reused from column to column. */
export class Dictionary {
  public size = 0;
  public readonly values = new Int32Array(LARGEST_DICTIONARY);
  private readonly slotValues = new Int32Array(SLOTS);
  /** Code + 1 of the slot's value; 0 is free. */
  private readonly slotCodes = new Int32Array(SLOTS);
  private readonly usedSlots = new Int32Array(LARGEST_DICTIONARY);

  /** Writes each value's code; false when there are too many distinct values, and the codes are then of no use. */
  public encode(values: Int32Array, count: number, codes: Int32Array): boolean {
    this.clear();
    const { slotValues, slotCodes } = this;
    let last = 0;
    let lastCode = -1;
    for (let i = 0; i < count; i++) {
      const value = values[i] as number;
      if (value === last && lastCode >= 0) {
        codes[i] = lastCode;
        continue;
      }
      let slot = Math.imul(value, HASH) >>> 16;
      let code = slotCodes[slot] as number;
      while (code !== 0 && slotValues[slot] !== value) {
        slot = (slot + 1) & (SLOTS - 1);
        code = slotCodes[slot] as number;
      }
      if (code === 0) {
        if (this.size === LARGEST_DICTIONARY) return false;
        code = this.add(value, slot);
      }
      last = value;
      lastCode = code - 1;
      codes[i] = lastCode;
    }
    return true;
  }

  private add(value: number, slot: number): number {
    this.values[this.size] = value;
    this.usedSlots[this.size] = slot;
    this.size += 1;
    this.slotValues[slot] = value;
    this.slotCodes[slot] = this.size;
    return this.size;
  }

  private clear(): void {
    for (let i = 0; i < this.size; i++) this.slotCodes[this.usedSlots[i] as number] = 0;
    this.size = 0;
  }
}
