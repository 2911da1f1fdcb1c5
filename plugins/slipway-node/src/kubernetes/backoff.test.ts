import { Backoff } from './backoff';

describe('Backoff', () => {
  it('doubles up to its maximum, jitters, and starts over after a success', () => {
    let random = 1;
    const backoff = new Backoff({}, () => random);
    const steps = Array.from({ length: 8 }, () => backoff.next());
    expect(steps).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000, 8000]);
    expect(backoff.attempts).toBe(8);
    random = 0;
    expect(backoff.next()).toBe(4000);
    backoff.reset();
    expect(backoff.attempts).toBe(0);
    expect(backoff.next()).toBe(250);
  });
});
