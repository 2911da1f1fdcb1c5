import { setTimeout as pause } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import type { ChangeListener } from './ChangeFeed';
import { publishChanges } from './publishChanges';

function start() {
  let tell: ChangeListener = () => {};
  const published: unknown[] = [];
  publishChanges({
    feed: {
      subscribe: listener => {
        tell = listener;
        return () => {};
      },
    },
    signals: {
      publish: async ({ message }) => {
        published.push(message);
      },
    },
    isInvisible: async sequence => sequence >= 100,
    logger: mockServices.logger.mock(),
  });
  return { tell: (sequence: number) => tell(sequence), published };
}

describe('publishChanges', () => {
  it('tells at once, and of a flood only the newest', async () => {
    const { tell, published } = start();
    for (const sequence of [1, 2, 3]) await tell(sequence);
    expect(published).toEqual([{ sequence: 1 }]);
    await pause(300);
    expect(published).toEqual([{ sequence: 1 }, { sequence: 3 }]);
  });

  it('keeps quiet about what shows on no page, unless something else may hide behind it', async () => {
    const { tell, published } = start();
    await tell(99);
    await pause(300);
    await tell(100);
    await pause(300);
    expect(published).toEqual([{ sequence: 99 }]);
    await tell(102);
    expect(published).toEqual([{ sequence: 99 }, { sequence: 102 }]);
  });
});
