import { SLIPWAY_USER } from '../kubernetes';
import { describeRequests } from './describeRequests';

describe('describeRequests', () => {
  it('tells what was asked since the first request, and how often an hour', () => {
    const request = (verb: string, minute: number, user = SLIPWAY_USER) => ({
      user,
      userAgent: '',
      verb,
      uri: '/apis/argoproj.io/v1alpha1/applications?limit=1',
      status: 200,
      at: new Date(Date.UTC(2026, 0, 1, 0, minute)),
    });
    expect(
      describeRequests(
        'gd',
        [
          request('list', 0, 'engine'),
          request('list', 10),
          request('watch', 10),
          request('watch', 20),
        ],
        new Date(Date.UTC(2026, 0, 1, 0, 40)),
      ),
    ).toBe(
      [
        'What Slipway asked of gd in 30.0 minutes:',
        '     2 × watch /apis/argoproj.io/v1alpha1/applications, 4.0 an hour',
        '     1 × list /apis/argoproj.io/v1alpha1/applications, 2.0 an hour',
      ].join('\n'),
    );
  });
});
