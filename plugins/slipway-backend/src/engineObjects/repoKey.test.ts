import fc from 'fast-check';
import { repoKey } from './repoKey';

describe('repoKey', () => {
  it.each([
    ['https://git.example/ops/shop.git', 'git.example/ops/shop'],
    ['https://git.example/ops/shop/', 'git.example/ops/shop'],
    ['https://me:secret@GIT.example:443/ops/shop.git/', 'git.example/ops/shop'],
    ['http://git.example:80/ops/shop', 'git.example/ops/shop'],
    ['http://127.0.0.1:8080/ops/shop.git', '127.0.0.1:8080/ops/shop'],
    ['ssh://git@git.example/ops/shop.git', 'git.example/ops/shop'],
    ['ssh://git@git.example:22/ops/shop.git', 'git.example/ops/shop'],
    ['ssh://git@git.example:2222/ops/shop', 'git.example:2222/ops/shop'],
    ['git@git.example:ops/shop.git', 'git.example/ops/shop'],
    ['git@Git.Example:/ops/shop', 'git.example/ops/shop'],
    ['git.example:Ops/Shop.git', 'git.example/Ops/Shop'],
    ['git@[::1]:ops/shop.git', '[::1]/ops/shop'],
    ['ssh://git@[::1]:22/ops/shop.git', '[::1]/ops/shop'],
    ['git://git.example:9418/ops/shop', 'git.example/ops/shop'],
    ['https://git.example/ops//shop.git', 'git.example/ops/shop'],
    ['https://git.example/a%20b/%E5%95%86', 'git.example/a b/商'],
    ['https://git.example/100%/x', 'git.example/100%/x'],
    ['https://git.example./x/.git', 'git.example/x/.git'],
    ['https://git.example/x.git?a=b#c', 'git.example/x'],
    ['  https://git.example/x.git\n', 'git.example/x'],
    ['https://', 'https://'],
    ['not a url', 'not a url'],
    ['', ''],
  ])('%s is %s', (url, key) => {
    expect(repoKey(url)).toBe(key);
  });

  const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,11}$/);
  const path = fc
    .array(name, { minLength: 1, maxLength: 4 })
    .map(segments => segments.join('/'));
  const host = fc
    .tuple(
      fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/),
      fc.constantFrom('example', 'test'),
    )
    .map(labels => labels.join('.'));
  const suffix = fc.constantFrom('', '/', '.git', '.git/');
  const user = fc.constantFrom('', 'git@', 'me:s3cret@', 'token@');

  it('does not depend on how the URL is written', () => {
    fc.assert(
      fc.property(host, path, suffix, user, (h, p, s, u) => {
        const key = `${h}/${p}`;
        for (const url of [
          `https://${u}${h}/${p}${s}`,
          `https://${u}${h.toUpperCase()}:443/${p}${s}`,
          `http://${u}${h}:80/${p}${s}`,
          `ssh://${u}${h}:22/${p}${s}`,
          `git@${h}:${p}${s}`,
          `git@${h}:/${p}${s}`,
        ]) {
          expect(repoKey(url)).toBe(key);
        }
      }),
    );
  });

  it('keeps different repositories apart and never shows a credential', () => {
    fc.assert(
      fc.property(host, path, host, path, (h1, p1, h2, p2) => {
        const same = h1 === h2 && p1 === p2;
        const key = repoKey(`https://u:pa55word@${h1}/${p1}.git`);
        expect(key).not.toContain('pa55word');
        expect(key === repoKey(`git@${h2}:${p2}`)).toBe(same);
      }),
    );
  });

  it('takes any text at all', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        expect(typeof repoKey(text)).toBe('string');
      }),
    );
  });
});
