import { Backoff, ServerBackoff } from './backoff';

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

describe('ServerBackoff', () => {
  it('keeps trying a server that is away, and is patient anew with one that came back', () => {
    const backoff = new ServerBackoff();
    const longest = (code: 'unreachable' | 'serverError') =>
      Math.max(...Array.from({ length: 50 }, () => backoff.next(code)));
    expect(longest('unreachable')).toBeLessThanOrEqual(4000);
    expect(backoff.refusals).toBe(0);
    expect(backoff.next('serverError')).toBeLessThanOrEqual(500);
    expect(longest('serverError')).toBeGreaterThanOrEqual(4000);
    expect(backoff.refusals).toBe(51);
    backoff.next('unreachable');
    expect(backoff.next('serverError')).toBeLessThanOrEqual(500);
    backoff.reset();
    expect(backoff.next('unreachable')).toBeLessThanOrEqual(500);
  });

  it.each(['kindNotServed', 'forbidden'] as const)(
    'looks for what is %s once in a while only',
    code => {
      const backoff = new ServerBackoff();
      const delays = Array.from({ length: 12 }, () => backoff.next(code));
      expect(delays[0]).toBeLessThanOrEqual(500);
      backoff.next('unreachable');
      expect(backoff.next(code)).toBeGreaterThanOrEqual(30_000);
      expect(Math.max(...delays)).toBeLessThanOrEqual(60_000);
      backoff.reset();
      expect(backoff.next(code)).toBeLessThanOrEqual(500);
    },
  );
});
