import type { Reason } from '@slipway/backstage-plugin-slipway-common';
import {
  type CopiedEngineManifest,
  type CopyEngineManifestOptions,
  isObjectName,
  renameForCopy,
} from '@slipway/backstage-plugin-slipway-node';
import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  parseAllDocuments,
  visit,
} from 'yaml';
import { ENGINE_KINDS, KINDS } from '../kinds';
import { moveDestination } from './moveDestination';

type Places = Pick<CopyEngineManifestOptions, 'from' | 'to'>;

/**
 * Makes Kustomizations and HelmReleases for a copy of a module out of those that carry it: name, labels, dependencies, paths below
 * the module and destination are those of the copy; all else stays. Where there are none, none can be made: nothing says what
 * the source in the cluster is called.
 */
export function copyFluxManifests(
  options: CopyEngineManifestOptions,
): CopiedEngineManifest {
  const { text, from, to } = options;
  if (text === undefined) {
    const params = { module: from.module };
    return { remarks: [{ code: 'copyEngineMissing', params }] };
  }
  const remarks: Reason[] = [];
  const documents: Document[] = [...parseAllDocuments(text)];
  for (const document of documents) {
    const [error] = document.errors;
    if (error) {
      const message = error.message.split('\n', 1)[0];
      return { remarks: [{ code: 'copyUnparsable', params: { message } }] };
    }
    if (!isEngineObject(document)) continue;
    const half = ['metadata', 'spec'].find(
      key => !isMap(document.get(key, true)),
    );
    if (half) {
      const message = `${half} is no mapping`;
      return { remarks: [{ code: 'copyUnparsable', params: { message } }] };
    }
    const old = String(document.getIn(['metadata', 'name']) ?? '');
    const name = renameForCopy(old, from, to) ?? `${to.environment}-${old}`;
    if (!isObjectName(name)) {
      return { remarks: [{ code: 'copyNameInvalid', params: { name } }] };
    }
    document.setIn(['metadata', 'name'], name);
    moveLabels(document, options);
    moveNames(document, options);
    movePaths(document, options);
    const unknown = moveDestination(document, options);
    if (unknown !== undefined) {
      remarks.push({
        code: 'copyDestinationUnknown',
        params: { cluster: unknown },
      });
    }
  }
  return { text: documents.map(String).join(''), remarks };
}

/** Of any version: what is copied is for the engine to judge. */
function isEngineObject(document: Document): boolean {
  const [group] = String(document.get('apiVersion') ?? '').split('/');
  return ENGINE_KINDS.some(
    kind => document.get('kind') === kind && group === KINDS[kind].group,
  );
}

function moveLabels(document: Document, { from, to }: Places): void {
  const labels = document.getIn(['metadata', 'labels'], true);
  if (!isMap(labels)) return;
  for (const { value } of labels.items) {
    if (isScalar(value) && value.value === from.environment) {
      value.value = to.environment;
    }
  }
}

/** What it depends on, and what Helm calls it, where the environment's name is in them. */
function moveNames(document: Document, { from, to }: Places): void {
  const dependencies = document.getIn(['spec', 'dependsOn'], true);
  const count = isSeq(dependencies) ? dependencies.items.length : 0;
  const places = [
    ['spec', 'releaseName'],
    ...Array.from({ length: count }, (_, index) => [
      'spec',
      'dependsOn',
      index,
      'name',
    ]),
  ];
  for (const place of places) {
    const name = document.getIn(place);
    const renamed =
      typeof name === 'string' ? renameForCopy(name, from, to) : undefined;
    if (renamed !== undefined) document.setIn(place, renamed);
  }
}

/** Whole paths, with `./` or `/` before them or without. */
function movePaths(document: Document, { from, to }: Places): void {
  visit(document.getIn(['spec'], true) as Document, {
    Scalar(_, node) {
      if (typeof node.value !== 'string') return;
      const [, lead, rest] = /^(\.?\/)?([^]*)$/.exec(node.value)!;
      if (rest === from.path || rest.startsWith(`${from.path}/`)) {
        node.value = `${lead ?? ''}${to.path}${rest.slice(from.path.length)}`;
      }
    },
  });
}
