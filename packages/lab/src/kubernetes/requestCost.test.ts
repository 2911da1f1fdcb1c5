import { requestCosts, SLIPWAY_USER } from './requestCost';

function request(verb: string, uri: string, minute: number, by = SLIPWAY_USER) {
  const at = new Date(Date.UTC(2026, 0, 1, 0, minute));
  return { user: by, userAgent: '', verb, uri, status: 200, at };
}

describe('requestCosts', () => {
  it('counts what one account asked in a span of time, by verb and path', () => {
    const apps = '/apis/argoproj.io/v1alpha1/applications';
    expect(
      requestCosts(
        [
          request('list', `${apps}?limit=500`, 5),
          request('watch', `${apps}?watch=true&resourceVersion=1`, 10),
          request('watch', `${apps}?watch=true&resourceVersion=9`, 25),
          request('watch', apps, 10, 'somebody'),
          request('watch', apps, 31),
        ],
        {
          user: SLIPWAY_USER,
          from: new Date(Date.UTC(2026, 0, 1)),
          to: new Date(Date.UTC(2026, 0, 1, 0, 30)),
        },
      ),
    ).toEqual([
      { verb: 'watch', path: apps, count: 2, perHour: 4 },
      { verb: 'list', path: apps, count: 1, perHour: 2 },
    ]);
  });
});
