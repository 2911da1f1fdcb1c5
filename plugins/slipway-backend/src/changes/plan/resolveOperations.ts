import { InputError } from '@backstage/errors';
import type {
  FileOperation,
  Finding,
} from '@slipway/backstage-plugin-slipway-common';
import type { SecretSources } from '../../configRepos/shared/readSecretSources';
import { unmaskText } from '../../manifests/masking';
import { wouldShow } from './wouldShow';
import type { ContentOperation } from './types';

/**
 * Turns what was asked for into bytes: decodes, and puts back the values that masked tokens stand for.
 *
 * @param readBlob - content of a blob of the config repo
 * @param secretSource - what was masked as a whole when it was shown
 * @returns the operations, or what is wrong with the tokens in them
 * @throws InputError for operations that no client of ours sends
 */
export async function resolveOperations(
  operations: readonly FileOperation[],
  readBlob: (oid: string) => Promise<Buffer>,
  secretSource: SecretSources = () => undefined,
): Promise<{ operations: ContentOperation[]; findings: Finding[] }> {
  const findings: Finding[] = [];
  const resolved: ContentOperation[] = [];
  for (const operation of operations) {
    const { text, base64, ...rest } = operation;
    checkShape(operation);
    if (base64 !== undefined) {
      resolved.push({ ...rest, content: decodeBase64(base64, rest.path) });
    } else if (text !== undefined) {
      const { content, problems } = await unmasked(
        operation,
        text,
        readBlob,
        secretSource,
      );
      findings.push(...problems);
      resolved.push({ ...rest, content, edited: text });
    } else {
      resolved.push(rest);
    }
  }
  return { operations: resolved, findings };
}

async function unmasked(
  { path, from, base }: FileOperation,
  edited: string,
  readBlob: (oid: string) => Promise<Buffer>,
  secretSource: SecretSources,
): Promise<{ content: Buffer; problems: Finding[] }> {
  // Without a token nothing of the base is needed.
  const before =
    base !== undefined && /⟪|⟫|masked:/.test(edited)
      ? (await readBlob(base)).toString('utf8')
      : undefined;
  const result = unmaskText({
    path: from ?? path,
    edited,
    base: before,
    wholly: secretSource(from ?? path),
  });
  if (!('text' in result)) {
    return { content: Buffer.from(edited), problems: result.problems };
  }
  const shown = wouldShow({ path, from, text: result.text, secretSource });
  return {
    // What is not put back is not shown either.
    content: Buffer.from(shown ? edited : result.text),
    problems: shown ? [shown] : [],
  };
}

function checkShape(operation: FileOperation): void {
  const { type, path, from, text, base64 } = operation;
  const contents = [text, base64].filter(one => one !== undefined).length;
  const fits =
    contents <= (type === 'delete' ? 0 : 1) &&
    (type !== 'write' || contents === 1) &&
    (type === 'rename') === (from !== undefined);
  if (!fits) {
    throw new InputError(
      `The operation on '${path}' is not whole: 'write' takes 'text' or 'base64', 'rename' takes 'from' and may take one of them, 'delete' takes none`,
    );
  }
  if (text !== undefined && /\p{Cs}/u.test(text)) {
    throw new InputError(
      `The text of '${path}' holds half a character (a lone surrogate); send bytes as 'base64'`,
    );
  }
}

function decodeBase64(base64: string, path: string): Buffer {
  const content = Buffer.from(base64, 'base64');
  // The decoder skips what it does not know.
  if (
    content.toString('base64').replace(/=+$/, '') !== base64.replace(/=+$/, '')
  ) {
    throw new InputError(`'base64' of '${path}' is not base64`);
  }
  return content;
}
