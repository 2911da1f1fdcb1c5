import { checkPath } from './checkPath';

const code = (path: string, present = false) =>
  checkPath(path, { present })?.code;

describe('checkPath', () => {
  it('takes what people call files', () => {
    for (const path of [
      'dev/web/values.yaml',
      '.slipway/repo.yaml',
      '.gitattributes',
      '.gitignore',
      'a/.github/x.yml',
      '说明/配置 (1).yaml',
      'a/100%.txt',
      'a/b%20c.yaml',
      'Dockerfile',
      '...a',
      'console/nul-values.yaml',
      'digit~1x',
    ]) {
      expect([path, code(path)]).toEqual([path, undefined]);
    }
  });

  it('refuses escapes in every encoding', () => {
    for (const path of [
      '',
      '/etc/passwd',
      'a/',
      'a//b',
      '.',
      'a/./b',
      '..',
      '../a',
      'a/../../b',
      '..\\a',
      'a\\..\\b',
      '%2e%2e/a',
      'a/%2E%2e%2fb',
      '%252e%252e%252fa',
      'a/%c0%ae%c0%ae/b',
      'a%c0%afb/../c',
      '．．/a',
      'a／..／b',
      '\u2025/a',
      'a/\u200b/b',
      'a/.\u200d./b',
      '.. /a',
      'a/. /b',
    ]) {
      expect([path, code(path)]).toEqual([path, 'pathEscapes']);
      expect([path, code(path, true)]).toEqual([path, 'pathEscapes']);
    }
  });

  it('protects .git and .gitmodules in every spelling', () => {
    for (const path of [
      '.git',
      '.git/config',
      'a/.GIT/hooks/x',
      '.gIt/x',
      '.g\u200cit/x',
      '\ufeff.git/x',
      '.git./x',
      '.git /x',
      '.git::$INDEX_ALLOCATION/x',
      'git~1/x',
      'GIT~1',
      '.ｇｉｔ/x',
      '%2egit/x',
      '.gitmodules',
      'a/.GitModules',
      '.gitmodule\u017f',
      'gitmod~1',
      'GI7EBA~1',
      '.gitmodules. .',
    ]) {
      expect([path, code(path)]).toEqual([path, 'pathProtected']);
      expect([path, code(path, true)]).toEqual([path, 'pathProtected']);
    }
  });

  it('makes nothing that some machine cannot check out, but lets it be mended', () => {
    for (const path of [
      'a\nb',
      'a\u0007',
      'a/b\u007f',
      'con',
      'a/NUL.yaml',
      'com1.txt',
      'LPT\u00b9',
      'a.yaml.',
      'a.yaml ',
      'a:b',
      'what?.yaml',
      'zero\u200bwidth',
    ]) {
      expect([path, code(path)]).toEqual([path, 'pathNotPortable']);
      expect([path, code(path, true)]).toEqual([path, undefined]);
    }
    expect(code('a\0b', true)).toBe('pathNotPortable');
    expect(code('a\ud800', true)).toBe('pathNotPortable');
    expect(code(`a/${'x'.repeat(256)}`)).toBe('pathTooLong');
    expect(code(`a/${'字'.repeat(86)}`)).toBe('pathTooLong');
    expect(code(`${'a/'.repeat(600)}b`, true)).toBe('pathTooLong');
  });
});
