import type { ReactNode } from 'react';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import type { ModuleDetails } from '@slipway/backstage-plugin-slipway-common';
import { act, renderHook } from '@testing-library/react';
import { slipwayApiRef } from '../api';
import { useModuleLive } from './useModuleLive';

const details = (module: string, sync: string) =>
  ({
    module: {
      configRepo: 'shop',
      environment: 'dev',
      name: module,
      states: [],
    },
    engineObjects: [{ sync }],
  } as unknown as ModuleDetails);

describe('useModuleLive', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('asks at once when it is first shown, and once when the engine has moved and settled', async () => {
    const getModuleLive = jest.fn().mockResolvedValue({ items: [] });
    const api = { getModuleLive };
    const { result, rerender } = renderHook(
      ({ module, sync }) => useModuleLive(details(module, sync), ''),
      {
        initialProps: { module: 'cart', sync: 'OutOfSync' },
        wrapper: ({ children }: { children?: ReactNode }) => (
          <TestApiProvider apis={[[slipwayApiRef, api as never]]}>
            {children}
          </TestApiProvider>
        ),
      },
    );
    const pass = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));
    await pass(0);
    expect(getModuleLive).toHaveBeenCalledTimes(1);
    expect(result.current).toMatchObject({ outdated: false });

    // It moves twice before it comes to rest.
    rerender({ module: 'cart', sync: 'Progressing' });
    await pass(2_000);
    rerender({ module: 'cart', sync: 'Synced' });
    await pass(3_000);
    expect(getModuleLive).toHaveBeenCalledTimes(1);
    expect(result.current).toMatchObject({ outdated: true });
    await pass(60_000);
    expect(getModuleLive).toHaveBeenCalledTimes(2);
    expect(result.current).toMatchObject({ outdated: false });

    // Another module is asked for at once, and nothing has moved by that.
    rerender({ module: 'pay', sync: 'OutOfSync' });
    await pass(0);
    expect(getModuleLive).toHaveBeenCalledTimes(3);
    await pass(60_000);
    expect(getModuleLive).toHaveBeenCalledTimes(3);
  });
});
