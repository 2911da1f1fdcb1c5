import { TestRepo } from '../git/testUtils/testRepo';
import { FileSyncResolver } from './FileSyncResolver';

describe('FileSyncResolver', () => {
  it('judges a module by its own files, and a revision only by a look that is newer', async () => {
    const repo = await TestRepo.create([
      { files: { 'dev/cart/a.yaml': '1', 'dev/web/a.yaml': '1' } },
    ]);
    try {
      const first = await repo.git('rev-parse', 'main');
      await repo.commit({ files: { 'dev/cart/a.yaml': '2' } });
      await repo.commit({ files: { 'dev/cart/a.yaml': '3' } });
      const elsewhere = await repo.commit({
        ref: 'refs/heads/other',
        files: { 'dev/cart/a.yaml': '9' },
      });
      const git = await repo.open();
      const { signal } = new AbortController();
      const { snapshot } = await git.refresh({ signal });
      const onUnknownRevision = jest.fn();
      const resolver = FileSyncResolver.create({ git, onUnknownRevision });
      const resolve = (module: string, appliedRevision: string | undefined) => {
        const path = `dev/${module}`;
        return resolver.resolve({
          module: { name: module, path, objectId: snapshot.entry(path)?.oid },
          head: snapshot.commit,
          appliedRevision,
          signal,
        });
      };

      expect(await resolve('cart', snapshot.commit)).toEqual({
        state: 'Current',
      });
      expect(await resolve('cart', undefined)).toMatchObject({
        state: 'NotDeployed',
      });
      expect(await resolve('web', first)).toEqual({ state: 'Current' });
      expect(await resolve('cart', first)).toEqual({
        state: 'Behind',
        commits: 2,
      });

      // It may have been pushed after the last look.
      for (const revision of [elsewhere, 'f'.repeat(40)]) {
        onUnknownRevision.mockClear();
        const answered = resolver.beginLook();
        expect(await resolve('cart', revision)).toMatchObject({
          state: 'Unknown',
          reason: { code: 'revisionUnknown' },
        });
        expect(onUnknownRevision).toHaveBeenCalledTimes(1);
        answered();
        expect(await resolve('cart', revision)).toMatchObject({
          state: 'Unknown',
        });
        expect(resolver.hasUnknown).toBe(true);
        resolver.beginLook()();
        expect(await resolve('cart', revision)).toEqual({ state: 'Diverged' });
        expect(resolver.hasUnknown).toBe(false);
      }

      // A remote that cannot be asked is not asked for each module.
      await repo.server.stop();
      expect(await resolve('cart', 'e'.repeat(40))).toMatchObject({
        state: 'Unknown',
      });
      expect(resolver.hasUnknown).toBe(true);
    } finally {
      await repo.dispose();
    }
  });
});
