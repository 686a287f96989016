/** The results of the last few keys; one that fails is asked for again. */
export class BoundedCache<T> {
  private readonly entries = new Map<string, Promise<T>>();

  public constructor(private readonly capacity: number) {}

  public get(key: string, read: () => Promise<T>): Promise<T> {
    const known = this.entries.get(key);
    const entry = known ?? read();
    // The last one asked for is the last one to go.
    this.entries.delete(key);
    this.entries.set(key, entry);
    if (known) return known;
    entry.catch(() => this.entries.delete(key));
    const [oldest] = this.entries.keys();
    if (this.entries.size > this.capacity) this.entries.delete(oldest!);
    return entry;
  }
}
