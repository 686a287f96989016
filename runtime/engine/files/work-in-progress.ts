/** What must be undone when the process is told to end in the middle of it, latest first. */
const undo = new Set<() => void>();

/** @returns what to call when the work is done or has failed by itself */
export function inProgress(abandon: () => void): () => void {
  const entry = () => abandon();
  undo.add(entry);
  return () => void undo.delete(entry);
}

/** Undoes all work in progress: parts go, locks open. Synchronous, so that nothing else of this process comes between. */
export function abandonWork(): void {
  for (const entry of [...undo].reverse()) {
    try {
      entry();
    } catch {
      // Threads may still write into the part: what stays has a name of ours, and the next run removes it.
    }
  }
  undo.clear();
}
