import { checkNewPath } from './checkNewPath';

const paths = new Set(['prod1/cart/a.yaml', 'prod1/cart/sub/b.yaml']);

it.each([
  ['prod1/cart/c.yaml', undefined],
  ['prod1/cart/sub/deep/c.yaml', undefined],
  ['说明/配置 (1).yaml', undefined],
  ['.gitattributes', undefined],
  ['', 'empty'],
  ['prod1/cart/', 'empty'],
  ['prod1//c.yaml', 'escapes'],
  ['/etc/passwd', 'escapes'],
  ['prod1/../c.yaml', 'escapes'],
  ['./c.yaml', 'escapes'],
  ['prod1/ /c.yaml', 'escapes'],
  ['prod1/.. /c.yaml', 'escapes'],
  ['.git/config', 'protected'],
  ['prod1/.GIT', 'protected'],
  ['.gitmodules', 'protected'],
  ['.git. /x', 'protected'],
  ['c.yaml ', 'notPortable'],
  ['c.yaml.', 'notPortable'],
  ['sub /c.yaml', 'notPortable'],
  ['a\\b.yaml', 'notPortable'],
  ['a:b.yaml', 'notPortable'],
  ['nul.yaml', 'notPortable'],
  ['a\u0000b', 'notPortable'],
  ['模'.repeat(86), 'tooLong'],
  [`${'a/'.repeat(500)}b`, 'tooLong'],
  ['prod1/cart/a.yaml', 'taken'],
  ['prod1/cart/a.yaml/c.yaml', 'taken'],
  ['prod1/cart/sub', 'taken'],
])('judges %j as it is typed', (path, expected) => {
  expect(checkNewPath(path, paths)).toBe(expected);
});
