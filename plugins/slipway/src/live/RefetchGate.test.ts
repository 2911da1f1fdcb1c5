import { RefetchGate } from './RefetchGate';

describe('RefetchGate', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  function gate() {
    const fetches: number[] = [];
    const created = RefetchGate.create({
      intervalMs: 500,
      fetch: () => {
        fetches.push(Date.now());
        created.begin();
      },
    });
    return { gate: created, fetches };
  }

  it('answers a burst of signals with one fetch, and what came meanwhile with one more', () => {
    const { gate: g, fetches } = gate();
    g.begin();
    g.end(10);
    jest.advanceTimersByTime(1_000);

    for (const sequence of [9, 10]) g.signal(sequence);
    expect(fetches).toHaveLength(0);

    for (const sequence of [11, 12, 13]) g.signal(sequence);
    expect(fetches).toHaveLength(1);
    // Still running: nothing overlaps.
    g.signal(14);
    jest.advanceTimersByTime(5_000);
    expect(fetches).toHaveLength(1);
    g.end(13);
    expect(fetches).toHaveLength(2);
    g.end(14);
    jest.advanceTimersByTime(5_000);
    expect(fetches).toHaveLength(2);
  });

  it('fetches a few times at once, and then every half second', () => {
    const { gate: g, fetches } = gate();
    g.begin();
    g.end(1);
    for (let sequence = 2; sequence <= 101; sequence += 1) {
      g.signal(sequence);
      jest.advanceTimersByTime(20);
      if (fetches.length > 0) g.end(sequence);
    }
    // Two seconds of signals.
    // Three right after the first, which the page began with, and four in the other two seconds.
    expect(fetches.length).toBeGreaterThanOrEqual(6);
    expect(fetches.length).toBeLessThanOrEqual(7);
    expect(fetches[2] - fetches[0]).toBeLessThanOrEqual(40);
    for (let index = 4; index < fetches.length; index += 1) {
      expect(fetches[index] - fetches[index - 1]).toBeGreaterThanOrEqual(480);
    }
  });

  it('does not fetch again for an answer that the running fetch brought', () => {
    const { gate: g, fetches } = gate();
    g.begin();
    g.signal(5);
    g.end(5);
    jest.advanceTimersByTime(5_000);
    expect(fetches).toHaveLength(0);
  });

  it('does not spin on a backend that answers with an older sequence than it signals', () => {
    const { gate: g, fetches } = gate();
    g.begin();
    g.end(1);
    jest.advanceTimersByTime(1_000);
    g.signal(9);
    g.end(1);
    jest.advanceTimersByTime(60_000);
    expect(fetches).toHaveLength(1);
  });

  it('works for answers without a sequence, and after failures', () => {
    const { gate: g, fetches } = gate();
    g.begin();
    g.end();
    jest.advanceTimersByTime(1_000);
    g.signal(3);
    expect(fetches).toHaveLength(1);
    g.signal(4);
    g.end();
    jest.advanceTimersByTime(1_000);
    expect(fetches).toHaveLength(2);
    g.end();
    g.signal(4);
    jest.advanceTimersByTime(1_000);
    expect(fetches).toHaveLength(2);
    g.want();
    g.stop();
    jest.advanceTimersByTime(1_000);
    expect(fetches).toHaveLength(3);
  });
});
