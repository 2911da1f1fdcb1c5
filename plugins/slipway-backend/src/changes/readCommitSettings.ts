import { readFileSync } from 'node:fs';
import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createSshSigner, type CommitSigner, type Person } from '../git';

const DEFAULT_COMMITTER: Person = {
  name: 'Slipway',
  email: 'slipway@users.noreply.slipway.invalid',
};

/** How commits are made, whoever their author is. */
export interface CommitSettings {
  committer: Person;
  /** Absent where no key is configured. */
  sign?: CommitSigner;
}

/**
 * Reads `slipway.git`.
 *
 * @throws InputError naming the key that is wrong: a portal that should sign must not begin without
 */
export function readCommitSettings(config: RootConfigService): CommitSettings {
  const git = config.getOptionalConfig('slipway.git');
  const committer = {
    name: git?.getOptionalString('committer.name') ?? DEFAULT_COMMITTER.name,
    email: git?.getOptionalString('committer.email') ?? DEFAULT_COMMITTER.email,
  };
  const key = git?.getOptionalString('signingKey');
  const file = git?.getOptionalString('signingKeyFile');
  if (key !== undefined && file !== undefined) {
    throw new InputError(
      `slipway.git.signingKey and slipway.git.signingKeyFile are both set; keep one`,
    );
  }
  if (key !== undefined) {
    return { committer, sign: createSshSigner(key) };
  }
  return file === undefined
    ? { committer }
    : {
        committer,
        sign: createSshSigner(readKey(file), 'slipway.git.signingKeyFile'),
      };
}

function readKey(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError(
      `The file at slipway.git.signingKeyFile cannot be read (${code}): ${file}`,
    );
  }
}
