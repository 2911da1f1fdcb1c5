import { SharedAnswers } from './SharedAnswers';

const KEPT = 3_000;

describe('SharedAnswers', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  /** Notes who was asked; answers when told to. */
  function shared(mostKept: number) {
    const asked: string[] = [];
    const answers = new Map<string, () => void>();
    const all = new SharedAnswers<object>({ keptMilliseconds: KEPT, mostKept });
    const get = (id: string) =>
      all.get(id, () => {
        asked.push(id);
        return new Promise(resolve => {
          answers.set(id, () => resolve({ id }));
        });
      });
    const answer = async (id: string) => {
      const promise = get(id);
      answers.get(id)!();
      await promise;
    };
    return { asked, get, answer };
  }

  it('asks once until there is an answer, and for some time after it', async () => {
    const { asked, get, answer } = shared(10);
    const first = get('a');
    jest.advanceTimersByTime(10 * KEPT);
    expect(get('a')).toBe(first);
    await answer('a');
    jest.advanceTimersByTime(KEPT - 1);
    expect(get('a')).toBe(first);
    jest.advanceTimersByTime(1);
    expect(get('a')).not.toBe(first);
    expect(asked).toEqual(['a', 'a']);
  });

  it('keeps no more than it may, and nothing that nobody will be given', async () => {
    const { asked, answer } = shared(2);
    for (const id of ['a', 'b', 'c']) await answer(id);
    // Each has a timer that lets it go, whoever asks again.
    expect(jest.getTimerCount()).toBe(3);
    await answer('c');
    await answer('b');
    expect(asked).toEqual(['a', 'b', 'c']);
    await answer('a');
    expect(asked).toEqual(['a', 'b', 'c', 'a']);
  });

  it('shares what failed as well', async () => {
    const all = new SharedAnswers({ keptMilliseconds: KEPT, mostKept: 1 });
    const ask = jest.fn().mockRejectedValue(new Error('away'));
    await expect(all.get('a', ask)).rejects.toThrow('away');
    await expect(all.get('a', ask)).rejects.toThrow('away');
    expect(ask).toHaveBeenCalledTimes(1);
  });
});
