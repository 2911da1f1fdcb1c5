import type { Finding } from '@slipway/backstage-plugin-slipway-common';
import type { FindingsOptions } from './types';

/** A file that a change writes, as text. */
export interface ChangedText {
  path: string;
  text: string;
  oldPath?: string;
  /** What it was; absent when it is new, or was no text. */
  before?: string;
  /** What it is a copy of: what is wrong with that was wrong before. */
  origin?: string;
}

/** The texts that a change writes; what is in them is checked once their tokens stand for something. */
export async function changedTexts({
  planned,
  texts,
}: Pick<FindingsOptions, 'planned' | 'texts'>): Promise<ChangedText[]> {
  const broken = new Set(planned.findings.map(({ file }: Finding) => file));
  const changed: ChangedText[] = [];
  for (const { before, after, origin } of planned.sides) {
    if (!after || broken.has(after.path)) continue;
    const text = await texts.read(after.entry.oid);
    if (text === undefined) continue;
    changed.push({
      path: after.path,
      text,
      oldPath: before?.path,
      before: before && (await texts.read(before.entry.oid)),
      origin: origin === undefined ? undefined : await texts.read(origin),
    });
  }
  return changed;
}
