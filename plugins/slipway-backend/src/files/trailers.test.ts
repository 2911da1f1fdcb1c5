import { execFileSync } from 'node:child_process';
import { parseTrailers } from './trailers';

const messages: Record<string, string> = {
  none: 'Raise the limit\n\nBecause it was low.\n',
  'only a title': 'Slipway-Change: 7\n',
  'a block': 'Raise\n\nWhy.\n\nSlipway-Change: 7\nApproved-by: Ann <a@b.c>\n',
  'spaces and an empty value': 'Raise\n\nA :  b  \nEmpty:\n\n\n',
  folded: 'Raise\n\nSource-Ref: refs/heads/main\n  and more\n\tand on\nB: c\n',
  'a line that is none': 'Raise\n\nA: b\nnot one\n',
  'one that git wrote, among prose':
    'Raise\n\nprose\nSigned-off-by: A <a@b.c>\nmore prose\n',
  'mostly prose':
    'Raise\n\na b\nc d\ne f\ng h\nSigned-off-by: A <a@b.c>\ni j\nk l\n',
  'cherry picked':
    'Raise\n\nSigned-off-by: A <a@b.c>\n(cherry picked from commit 1234)\n',
  'before a patch': 'Raise\n\nA: b\n---\n diff\n\nC: d\n',
  'not the last paragraph': 'Raise\n\nA: b\n\nThe end.\n',
  'comments between': 'Raise\n\nA: b\n# said git\nC: d\n',
  'a key that cannot be one': 'Raise\n\nA_b: c\n',
  'a URL': 'Raise\n\nhttps://example.org/x\n',
  'begins folded': 'Raise\n\n  indented\nA: b\n',
  'a title of two lines': 'Raise\nthe limit\n\nA: b\n',
  'an empty line first': '\n\nRaise\n\nA: b\n',
  empty: '',
};

it('finds the trailers that git finds', () => {
  for (const [name, message] of Object.entries(messages)) {
    const said = execFileSync('git', ['interpret-trailers', '--parse'], {
      input: message,
      encoding: 'utf8',
    });
    const ours = parseTrailers(message)
      .map(({ key, value }) => `${key}: ${value}`.trimEnd())
      .join('\n');
    expect({ name, trailers: ours }).toEqual({
      name,
      trailers: said
        .split('\n')
        .map(line => line.trimEnd())
        .join('\n')
        .trimEnd(),
    });
  }
});
