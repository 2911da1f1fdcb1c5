import type { FileOperation } from '@slipway/backstage-plugin-slipway-common';
import { keepMine, settledWith, takeTheirs } from './settling';

const theirsBase = 'd'.repeat(40);
const base = 'a'.repeat(40);
const conflict = {
  path: 'p',
  clean: false,
  mine: 'm',
  theirs: 't',
  theirsBase,
};
const gone = { path: 'p', clean: false, mine: 'm' };
const write: FileOperation = { type: 'write', path: 'p', text: 'm', base };

describe('settling', () => {
  it('stands on what the other side left, and keeps what the edit is', () => {
    expect(settledWith(conflict, 'x', write)).toEqual({
      type: 'operation',
      operation: { type: 'write', path: 'p', text: 'x', base: theirsBase },
    });
    const rename: FileOperation = {
      type: 'rename',
      path: 'p',
      from: 'o',
      base,
      executable: true,
    };
    expect(settledWith(conflict, 'x', rename)).toEqual({
      type: 'operation',
      operation: { ...rename, text: 'x', base: theirsBase },
    });
  });

  it.each([
    ['an edit', conflict, write, { ...write, base: theirsBase }],
    [
      'bytes',
      { ...conflict, mine: undefined },
      { type: 'write', path: 'p', base64: 'AA==', base },
      { type: 'write', path: 'p', base64: 'AA==', base: theirsBase },
    ],
    [
      'a removal',
      { ...conflict, mine: undefined },
      { type: 'delete', path: 'p', base },
      { type: 'delete', path: 'p', base: theirsBase },
    ],
    [
      'an edit of what is gone',
      gone,
      write,
      { type: 'write', path: 'p', text: 'm' },
    ],
    [
      'what a rollback restores',
      conflict,
      undefined,
      { type: 'write', path: 'p', text: 'm', base: theirsBase },
    ],
  ] as const)('keeps %s', (_, found, original, operation) => {
    expect(keepMine(found, original)).toEqual({ type: 'operation', operation });
  });

  it('takes theirs by dropping an edit, and by naming it in a rollback', () => {
    expect(takeTheirs(conflict, 'edit')).toEqual({ type: 'drop', path: 'p' });
    expect(takeTheirs(conflict, 'rollback')).toEqual({
      type: 'operation',
      operation: { type: 'write', path: 'p', text: 't', base: theirsBase },
    });
    expect(takeTheirs(gone, 'rollback')).toEqual({
      type: 'operation',
      operation: { type: 'delete', path: 'p' },
    });
    const bytes = { ...conflict, mine: undefined, theirs: undefined };
    expect(takeTheirs(bytes, 'rollback')).toBeUndefined();
    expect(keepMine(bytes)).toBeUndefined();
  });
});
