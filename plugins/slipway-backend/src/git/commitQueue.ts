import type { CommitNode } from './history';

/** Commits waiting to be visited, the youngest first. */
export class CommitQueue {
  readonly #heap: CommitNode[] = [];
  readonly #order = new Map<string, number>();
  readonly #queued = new Set<string>();

  get size(): number {
    return this.#heap.length;
  }

  has(oid: string): boolean {
    return this.#queued.has(oid);
  }

  /** Adds a commit unless it waits already. */
  push(commit: CommitNode): void {
    if (this.#queued.has(commit.oid)) {
      return;
    }
    this.#queued.add(commit.oid);
    // Equal times are common (rebases); then it is first come, first served.
    if (!this.#order.has(commit.oid)) {
      this.#order.set(commit.oid, this.#order.size);
    }
    const heap = this.#heap;
    let at = heap.push(commit) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(commit, heap[parent])) {
        break;
      }
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = commit;
  }

  pop(): CommitNode | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last && heap.length > 0) {
      let at = 0;
      for (;;) {
        let child = 2 * at + 1;
        if (child >= heap.length) {
          break;
        }
        if (
          child + 1 < heap.length &&
          this.#isBefore(heap[child + 1], heap[child])
        ) {
          child += 1;
        }
        if (!this.#isBefore(heap[child], last)) {
          break;
        }
        heap[at] = heap[child];
        at = child;
      }
      heap[at] = last;
    }
    if (first) {
      this.#queued.delete(first.oid);
    }
    return first;
  }

  #isBefore(a: CommitNode, b: CommitNode): boolean {
    if (a.time !== b.time) {
      return a.time > b.time;
    }
    return (this.#order.get(a.oid) ?? 0) < (this.#order.get(b.oid) ?? 0);
  }
}
