import type {
  CopiedFile,
  CopyExisting,
  EnvironmentCopy,
  Reason,
} from '@slipway/backstage-plugin-slipway-common';
import type { ContentOperation } from '../changes/plan/types';
import type { SecretSources } from '../configRepos/shared/readSecretSources';
import { textContent } from '../files/textContent';
import { isWithin, type Snapshot, type TreeEntry } from '../git';
import { isBroken, type PlainSecretPolicy } from '../manifests/checks';
import { rememberRewritten } from './rememberRewritten';
import { rewriteText, type CompiledRule } from './rewrite';
import {
  isSops,
  plainSecretValues,
  secretsOf,
  sopsRecipients,
} from './secretValues';
import { targetValues } from './targetValues';
import type { CopyRow } from './types';

/** Characters of a file that rules are tried on. */
const MAX_LENGTH = 4 * 1024 * 1024;

export interface CopyFileOptions {
  copy: EnvironmentCopy;
  rules: readonly CompiledRule[];
  snapshot: Snapshot;
  policy: PlainSecretPolicy;
  secretSource: SecretSources;
  readBlob: (oid: string) => Promise<Buffer>;
  /** The copy goes to another namespace or cluster. */
  elsewhere: boolean;
}

/** A file of the source, and where its copy goes. */
export interface FileToCopy {
  module: string;
  /** Of the module in the source. */
  directory: string;
  from: string;
  entry: TreeEntry;
  path: string;
}

/** What rules changed in the copied files, by their index. */
export interface RuleCounts {
  values: Map<number, number>;
  files: Map<number, number>;
  /** Values that were looked at. */
  tried: number;
}

type Status = Pick<CopiedFile, 'status' | 'values' | 'overwrites'>;

/** Decides on one file: how it is copied, or why it is not. */
export async function copyFile(
  to: FileToCopy,
  options: CopyFileOptions,
  counts: RuleCounts,
): Promise<CopyRow> {
  const { module, from, path, entry } = to;
  const remarks: Reason[] = [];
  const row = (
    { status, values, overwrites }: Status,
    operation?: ContentOperation,
  ): CopyRow => ({
    file: {
      type: 'file',
      module,
      from,
      path,
      status,
      values,
      overwrites,
      remarks,
    },
    operation,
  });
  const remark = (code: string, params: Record<string, string> = {}) =>
    remarks.push({ code, params });

  if (options.copy.excludedFiles?.includes(from)) {
    remark('copyExcluded');
    return row({ status: 'leftOut', values: 0 });
  }
  if (entry.mode === '160000') {
    remark('copySubmodule');
    return row({ status: 'leftOut', values: 0 });
  }
  const content = await contentOf(to, options, counts, remark);
  if ('status' in content) return row({ ...content, values: 0 });
  const { oid, data, values } = content;
  const present = options.snapshot.entry(path);
  if (present) {
    const stays = await whyItStays(present, content, options);
    if (stays) {
      // What would be to say of a copy is not to say of none.
      remarks.length = 0;
      remark(stays.code);
      return row({ status: stays.status, values: 0 });
    }
  }
  const status = values > 0 || data ? 'rewritten' : 'verbatim';
  return row(
    { status, values, overwrites: present !== undefined || undefined },
    {
      type: 'write',
      path,
      base: present?.oid,
      origin: entry.oid,
      ...(data
        ? { content: data, executable: entry.mode === '100755' || undefined }
        : { object: { oid, mode: entry.mode as ContentMode } }),
    },
  );
}

type ContentMode = NonNullable<ContentOperation['object']>['mode'];

interface CopiedContent {
  /** Of the source. */
  oid: string;
  /** Absent where it is that of the source. */
  data?: Buffer;
  values: number;
}

async function contentOf(
  { directory, from, path, entry }: FileToCopy,
  options: CopyFileOptions,
  counts: RuleCounts,
  remark: (code: string, params?: Record<string, string>) => void,
): Promise<CopiedContent | Pick<CopiedFile, 'status'>> {
  const { copy, rules, policy, secretSource, readBlob, snapshot } = options;
  const verbatim = { oid: entry.oid, values: 0 };
  const data = await readBlob(entry.oid);
  if (entry.mode === '120000') {
    const target = data.toString('utf8');
    const inside = leadsInside(from, target, directory);
    remark(inside ? 'copyLink' : 'copyLinkOutside', { target });
    return inside ? verbatim : { status: 'refused' };
  }
  const text = data.length > MAX_LENGTH ? undefined : textContent(data);
  if (text === undefined) {
    remark('copyBinary');
    return verbatim;
  }
  if (isSops(text)) {
    remark('copySops', { recipients: sopsRecipients(text).join(', ') });
    return verbatim;
  }
  let kept = text;
  const secret = plainSecretValues(from, text, secretSource(from));
  if (secret.count > 0) {
    const count = String(secret.count);
    const wanted = secretsOf(from, copy);
    if (
      wanted === 'leaveOut' ||
      (wanted === 'empty' && secret.emptied === undefined)
    ) {
      remark('copySecretLeftOut');
      return { status: 'leftOut' };
    }
    if (wanted === 'keep' && policy === 'refuse') {
      remark('copySecretRefused');
      return { status: 'refused' };
    }
    remark(wanted === 'keep' ? 'copySecretKept' : 'copySecretEmptied', {
      count,
    });
    if (wanted === 'empty') kept = secret.emptied!;
  }
  if (
    options.elsewhere &&
    /\bkind\b["']?\s*:\s*["']?SealedSecret\b/.test(text)
  ) {
    remark('copySealedSecret');
  }
  const keeps = rules.some(rule => rule.keeps);
  const present = keeps ? snapshot.entry(path) : undefined;
  const rewritten = rewriteText({
    path: from,
    text: kept,
    rules,
    targetValue:
      present && targetValues((await readBlob(present.oid)).toString('utf8')),
  });
  const broken = isBroken(text, from);
  if (broken) remark('copyUnparsable');
  else if (kept === text && rewritten.text !== text) {
    rememberRewritten(from, { from: text, to: rewritten.text }, rules);
  }
  counts.tried += rewritten.tried;
  for (const [index, values] of rewritten.values) {
    counts.values.set(index, (counts.values.get(index) ?? 0) + values);
    counts.files.set(index, (counts.files.get(index) ?? 0) + 1);
  }
  return rewritten.text === text
    ? verbatim
    : {
        oid: entry.oid,
        data: Buffer.from(rewritten.text),
        values: rewritten.changed,
      };
}

async function whyItStays(
  present: TreeEntry,
  { oid, data }: CopiedContent,
  { copy, readBlob }: CopyFileOptions,
): Promise<{ status: CopiedFile['status']; code: string } | undefined> {
  const same =
    data === undefined
      ? present.oid === oid
      : present.mode.startsWith('100') &&
        data.equals(await readBlob(present.oid));
  if (same) return { status: 'same', code: 'copyExistsSame' };
  const existing: CopyExisting = copy.existing ?? 'skip';
  return existing === 'overwrite'
    ? undefined
    : { status: 'skipped', code: 'copyExistsDiffers' };
}

/** Whether a link's target is below a directory, however it is spelt. */
function leadsInside(from: string, target: string, directory: string): boolean {
  if (target.startsWith('/') || target.includes('\0')) return false;
  const steps = from.split('/').slice(0, -1);
  for (const step of target.split('/')) {
    if (step === '..') {
      if (steps.length === 0) return false;
      steps.pop();
    } else if (step !== '' && step !== '.') steps.push(step);
    // Not even on the way.
    if (!isWithin(steps.join('/'), directory)) return false;
  }
  return true;
}
