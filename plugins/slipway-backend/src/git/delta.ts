import { GitError } from './gitError';
import { MAX_OBJECT_SIZE } from './packEntry';

/**
 * Rebuilds an object from its base and a delta.
 *
 * @see https://git-scm.com/docs/pack-format#_deltified_representation
 */
export function applyDelta(base: Buffer, delta: Buffer): Buffer {
  const cursor = { at: 0 };
  const baseSize = readSize(delta, cursor);
  const resultSize = readSize(delta, cursor);
  if (baseSize !== base.length) {
    throw corrupt();
  }
  if (resultSize > MAX_OBJECT_SIZE) {
    throw new GitError('tooLarge', `an object has ${resultSize} bytes`);
  }
  const result = Buffer.allocUnsafe(resultSize);
  let written = 0;
  let at = cursor.at;
  while (at < delta.length) {
    const command = delta[at++];
    if (command & 0x80) {
      let offset = 0;
      let size = 0;
      for (let bit = 0; bit < 4; bit++) {
        if (command & (1 << bit)) {
          offset += delta[at++] * 2 ** (8 * bit);
        }
      }
      for (let bit = 0; bit < 3; bit++) {
        if (command & (0x10 << bit)) {
          size += delta[at++] * 2 ** (8 * bit);
        }
      }
      size = size === 0 ? 0x10000 : size;
      // Written so that NaN, from bytes past the end, fails too.
      if (!(offset + size <= base.length && written + size <= resultSize)) {
        throw corrupt();
      }
      base.copy(result, written, offset, offset + size);
      written += size;
    } else {
      if (
        command === 0 ||
        at + command > delta.length ||
        written + command > resultSize
      ) {
        throw corrupt();
      }
      delta.copy(result, written, at, at + command);
      at += command;
      written += command;
    }
  }
  if (written !== resultSize) {
    throw corrupt();
  }
  return result;
}

function readSize(delta: Buffer, cursor: { at: number }): number {
  let size = 0;
  let factor = 1;
  let byte = 0x80;
  while (byte & 0x80) {
    if (cursor.at >= delta.length) {
      throw corrupt();
    }
    byte = delta[cursor.at++];
    size += (byte & 0x7f) * factor;
    factor *= 128;
  }
  return size;
}

function corrupt(): GitError {
  return new GitError('corrupt', 'a delta does not fit its base');
}
