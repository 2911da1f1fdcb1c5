import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import type {
  Finding,
  Gate,
  Reason,
} from '@slipway/backstage-plugin-slipway-common';

const RIGHTS = new Set(['permissionMissing', 'configRepoAdminMissing']);
/** What a message can name and still be read. */
const MAX_NAMED = 10;

/** The error for a change that the gate does not let through, with everything that is missing. */
export function refusal(
  { missing }: Gate,
  findings: readonly Finding[],
): Error {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const named = [...missing, ...errors];
  const listed = named.slice(0, MAX_NAMED).map(inWords);
  if (named.length > MAX_NAMED) {
    listed.push(`and ${named.length - MAX_NAMED} more`);
  }
  const message = `The change may not go: ${listed.join('; ')}`;
  const has = (code: string) => missing.some(one => one.code === code);
  if (missing.some(({ code }) => RIGHTS.has(code))) {
    return new NotAllowedError(message);
  }
  if (has('fileNotFound')) return new NotFoundError(message);
  return has('conflict')
    ? new ConflictError(`${message}; plan it again to settle it`)
    : new InputError(message);
}

function inWords(one: Reason & Partial<Finding>): string {
  const params = Object.entries(one.params).map(
    ([name, value]) => `${name} ${JSON.stringify(value)}`,
  );
  const at =
    one.file && ` at ${[one.file, one.line].filter(Boolean).join(':')}`;
  return `${one.code}${params.length > 0 ? ` (${params.join(', ')})` : ''}${
    at ?? ''
  }`;
}
