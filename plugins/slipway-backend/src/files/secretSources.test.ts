import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import request from 'supertest';
import {
  files as shopFiles,
  startReplica,
  until,
} from '../__testUtils__/startReplica';
import { TestRepo } from '../git/testUtils/testRepo';

jest.setTimeout(300_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const VALUES = ['hunter00', 'hunter01', 'hunter02', 'hunter03', 'hunter04'];

const kustomization = (generator: string) =>
  `resources: [../../bases/cart]\n${generator}`;

const NAMED =
  'secretGenerator:\n- name: cart\n  envs: [secret.env]\n  files: [app.conf]\n';

const begin = {
  ...shopFiles,
  '.slipway/repo.yaml': shopFiles['.slipway/repo.yaml'].replace(
    'ignore: [apps]',
    'ignore: [apps, bases]',
  ),
  'dev/cart/kustomization.yaml': kustomization(NAMED),
  'dev/cart/secret.env': '# db\nUSER=hunter00\nPASSWORD = hunter01 \n',
  'dev/cart/app.conf': 'user cart\npassword hunter02\n',
  'bases/cart/kustomization.yaml':
    'secretGenerator:\n- name: cart\n  env: base.env\n',
  'bases/cart/base.env': 'TOKEN=hunter03\n',
  'bases/cart/readme.txt': 'Not named\n',
};

describe.each(databases.eachSupportedId())('on %s', databaseId => {
  it('what a secretGenerator names is shown by no route, now or in the past', async () => {
    const knex = await databases.init(databaseId);
    const repo = await TestRepo.create([{ files: begin, message: 'Begin' }]);
    const replica = await startReplica(knex, repo);
    const answers: string[] = [];
    const of = async (what: string, query: Record<string, string>) => {
      const answer = await replica.get(
        `/${what}?${new URLSearchParams(query)}`,
      );
      answers.push(answer.text);
      expect([what, query, answer.status]).toEqual([what, query, 200]);
      return answer.body;
    };
    const read = (path: string, revision?: string) =>
      of('config-repos/shop/file', { path, ...(revision && { revision }) });
    const diff = (path: string, from: string, to: string) =>
      of('config-repos/shop/diff', {
        path,
        fromRevision: from,
        toRevision: to,
      });
    const search = async (text: string) =>
      (await of('files/matches', { configRepo: 'shop', text })).items;
    try {
      await until(
        async () => (await of('environments', {})).items.length === 3,
      );
      const first = await repo.git('rev-parse', 'main');

      expect(await read('dev/cart/secret.env')).toMatchObject({
        text: '# db\nUSER=⟪masked:1⟫\nPASSWORD = ⟪masked:2⟫ \n',
        masked: 2,
      });
      expect(await read('dev/cart/app.conf')).toMatchObject({
        text: '⟪masked:1⟫\n',
        masked: 1,
      });
      expect(await read('bases/cart/base.env')).toMatchObject({
        text: 'TOKEN=⟪masked:1⟫\n',
        place: {
          type: 'shared',
          touches: [{ environment: 'dev', module: 'cart' }],
        },
      });
      expect((await read('bases/cart/readme.txt')).place.type).toBe('other');
      for (const value of VALUES) expect(await search(value)).toEqual([]);
      expect(await search('user')).toMatchObject([
        { path: 'dev/cart/secret.env', text: 'USER=⟪masked:1⟫' },
      ]);

      // A value changes, then the generator goes, then the file moves.
      const changed = await repo.commit({
        files: {
          'dev/cart/secret.env': '# db\nUSER=hunter00\nPASSWORD = hunter04 \n',
        },
        message: 'Change the password',
      });
      const released = await repo.commit({
        files: {
          'dev/cart/kustomization.yaml': kustomization(''),
          'dev/cart/app.conf': 'user cart\n',
          'dev/cart/secret.env': undefined,
          'dev/cart/moved.env': '# db\nUSER=hunter00\n',
        },
        message: 'Take the secrets out',
      });
      await request(replica.backend.server)
        .post('/api/slipway/config-repos/shop/refresh')
        .set('authorization', mockCredentials.user.header());
      await until(
        async () =>
          (await read('dev/cart/app.conf')).commit === released &&
          (await of('environments', {})).items.length === 3,
      );

      expect((await read('dev/cart/app.conf')).text).toBe('user cart\n');
      expect((await read('dev/cart/secret.env', first)).masked).toBe(2);
      expect((await read('dev/cart/app.conf', first)).masked).toBe(1);
      const rotation = await diff('dev/cart/secret.env', first, changed);
      expect(rotation.files[0].hunks[0].lines).toEqual([
        ' # db',
        ' USER=⟪masked:1⟫',
        '-PASSWORD = ⟪masked:2⟫ ',
        '+PASSWORD = ⟪masked:2*⟫ ',
      ]);
      // What was secret on one side is on both.
      const removal = await diff('dev/cart/app.conf', changed, released);
      expect(removal.files[0].hunks[0].lines).toEqual([
        '-⟪masked:1⟫',
        '+⟪masked:1*⟫',
      ]);
      const whole = await diff('dev/cart', first, released);
      expect(whole.files.map((file: { path: string }) => file.path)).toContain(
        'dev/cart/secret.env',
      );
      // Its values are in the open now, and nothing says any more that they are not.
      const open = ['dev/cart/moved.env'];
      const shown = answers.filter(text =>
        open.every(path => !text.includes(path)),
      );
      expect(shown.length).toBeGreaterThan(15);
      for (const text of shown) {
        for (const value of VALUES) expect(text).not.toContain(value);
      }
    } finally {
      await replica.stop();
    }
  });
});
