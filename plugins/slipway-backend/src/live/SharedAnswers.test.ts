import { Effort } from './Effort';
import { comparedObject } from './liveObject';
import { SharedAnswers } from './SharedAnswers';

describe('SharedAnswers', () => {
  it('makes one answer for all who ask within three seconds, and never two of one at once', async () => {
    let now = 0;
    let made = 0;
    let open = 0;
    let end: (answer: number) => void = () => {};
    const shared = new SharedAnswers<number>(() => now);
    const make = async () => {
      made += 1;
      open += 1;
      expect(open).toBe(1);
      const answer = await new Promise<number>(resolve => {
        end = resolve;
      });
      open -= 1;
      return answer;
    };
    const turn = () => new Promise(resolve => setImmediate(resolve));
    const first = [shared.get('a', make), shared.get('a', make)];
    await turn();
    expect(made).toBe(1);

    // It takes longer than it is shared: who comes then waits for the next one.
    now = 4_000;
    const later = [shared.get('a', make), shared.get('a', make)];
    await turn();
    expect(made).toBe(1);
    end(1);
    expect(await Promise.all(first)).toEqual([1, 1]);
    await turn();
    end(2);
    expect(await Promise.all(later)).toEqual([2, 2]);
    expect(await shared.get('a', make)).toBe(2);
    expect(made).toBe(2);
    expect(await shared.get('b', async () => 3)).toBe(3);
  });

  it('does not keep what failed', async () => {
    const shared = new SharedAnswers<number>();
    await expect(
      shared.get('a', () => Promise.reject(new Error('away'))),
    ).rejects.toThrow('away');
    await expect(shared.get('a', async () => 1)).resolves.toBe(1);
  });
});

describe('comparedObject', () => {
  it('compares no more where that has taken too long', async () => {
    let now = 0;
    // Each look at the clock takes a second and a half.
    const effort = new Effort(() => {
      now += 1_500;
      return now;
    });
    const ref = { group: '', kind: 'ConfigMap', namespace: 'shop', name: 'a' };
    const live = { kind: 'ConfigMap', metadata: { name: 'a' } };
    const compare = () => comparedObject(ref, { live, desired: live }, effort);
    expect(await compare()).toMatchObject({ state: 'Same' });
    expect(await compare()).toMatchObject({ state: 'Same' });
    expect(await compare()).toBeUndefined();
  });
});
