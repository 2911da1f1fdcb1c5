const TOKEN =
  // eslint-disable-next-line no-control-regex
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-]))/y;

/** What may come next. */
type Expected = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'rest';

/**
 * Where a text stops being JSON (RFC 8259), as `JSON.parse` says only now and then, and never without quoting the text.
 *
 * @returns an offset; `undefined` when the text is JSON
 */
export function jsonErrorAt(text: string): number | undefined {
  const open: string[] = [];
  let expected: Expected = 'value';
  let at = /^\ufeff?/.exec(text)?.[0].length ?? 0;
  const startOfNext = () =>
    at + (/^[ \t\r\n]*/.exec(text.slice(at, at + 1000))?.[0].length ?? 0);
  const next = () => {
    TOKEN.lastIndex = at;
    return TOKEN.exec(text);
  };
  for (let match = next(); match; match = next()) {
    const [, sign, string, word] = match;
    const isValue = string !== undefined || word !== undefined;
    if (expected === 'value' || expected === 'valueOrEnd') {
      if (isValue) expected = 'rest';
      else if (sign === '{' || sign === '[') {
        open.push(sign);
        expected = sign === '{' ? 'keyOrEnd' : 'valueOrEnd';
      } else if (sign === ']' && expected === 'valueOrEnd') {
        open.pop();
        expected = 'rest';
      } else return startOfNext();
    } else if (expected === 'colon') {
      if (sign !== ':') return startOfNext();
      expected = 'value';
    } else if (expected === 'rest') {
      const inside = open.at(-1);
      if (inside === undefined) return startOfNext();
      if (sign === ',') expected = inside === '{' ? 'key' : 'value';
      else if (sign === (inside === '{' ? '}' : ']')) open.pop();
      else return startOfNext();
    } else if (string !== undefined) expected = 'colon';
    else if (sign === '}' && expected === 'keyOrEnd') {
      open.pop();
      expected = 'rest';
    } else return startOfNext();
    at = TOKEN.lastIndex;
  }
  const complete = expected === 'rest' && open.length === 0;
  return complete && text.slice(at).trim() === '' ? undefined : startOfNext();
}
