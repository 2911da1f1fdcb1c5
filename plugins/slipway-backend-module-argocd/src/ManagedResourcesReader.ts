import {
  type EngineHook,
  type EngineManagedResource,
  type EngineManagedResources,
  type Fields,
  fields,
  isFields,
  rows,
  type SyncEngineManagedResourcesOptions,
  text,
} from '@slipway/backstage-plugin-slipway-node';
import { askArgoCdApi } from './argoCdApi';
import { MARKS } from './marks';
import { SharedAnswers } from './SharedAnswers';

/** Several people look at the same page, and each look asks. */
const KEPT_MILLISECONDS = 3_000;
/** An answer may be made of 16 MB twice. */
const MOST_KEPT = 8;
/** Manifests may have to be generated first. */
const TIMEOUT_MILLISECONDS = 10_000;

/**
 * Reads from Argo CD's own API what there is of each resource and what a sync would make of it, as it compared them last, with its
 * normalization and `ignoreDifferences`; and the hooks that a sync would run.
 */
export class ManagedResourcesReader {
  readonly #answers = new SharedAnswers<EngineManagedResources | undefined>({
    keptMilliseconds: KEPT_MILLISECONDS,
    mostKept: MOST_KEPT,
  });

  static create(): ManagedResourcesReader {
    return new ManagedResourcesReader();
  }

  private constructor() {}

  /**
   * @returns undefined where no API is configured
   * @throws KubernetesError when it does not answer
   */
  read(
    options: SyncEngineManagedResourcesOptions,
  ): Promise<EngineManagedResources | undefined> {
    const { cluster, namespace, name } = options.key;
    const id = JSON.stringify([cluster, namespace, name]);
    return this.#answers.get(id, () => askApi(options));
  }
}

async function askApi(
  options: SyncEngineManagedResourcesOptions,
): Promise<EngineManagedResources | undefined> {
  const ask = (what: string) =>
    askArgoCdApi({
      ...options,
      what,
      timeoutMilliseconds: TIMEOUT_MILLISECONDS,
    });
  const [managed, manifests] = await Promise.all([
    ask('managed-resources'),
    // What it cannot render has no hooks that could be told.
    ask('manifests').catch(() => undefined),
  ]);
  if (managed === undefined) return undefined;
  return {
    resources: rows(fields(managed).items).flatMap(toResource),
    hooks: manifests === undefined ? undefined : hooksIn(fields(manifests)),
  };
}

/** `ResourceDiff`, whose states are JSON in a text, `null` where there is none. */
function toResource(row: Fields): EngineManagedResource[] {
  const [kind, name] = [text(row.kind), text(row.name)];
  if (!kind || !name || row.hook === true) return [];
  return [
    {
      group: text(row.group) ?? '',
      kind,
      namespace: text(row.namespace) ?? '',
      name,
      live: parsed(row.normalizedLiveState) ?? parsed(row.liveState),
      predicted: parsed(row.targetState)
        ? parsed(row.predictedLiveState) ?? parsed(row.targetState)
        : undefined,
      modified: row.modified === true,
    },
  ];
}

function hooksIn({ manifests }: Fields): EngineHook[] {
  return (Array.isArray(manifests) ? manifests : []).flatMap(json => {
    const object = fields(parsed(json));
    const { annotations, name, generateName, namespace } = fields(
      object.metadata,
    );
    const hookType = MARKS.hooks
      .map(key => text(fields(annotations)[key]))
      .find(type => type !== undefined);
    const kind = text(object.kind);
    if (!hookType || !kind || hookType === 'Skip') return [];
    const [group, version] = (text(object.apiVersion) ?? '').split('/');
    return [
      {
        group: version === undefined ? '' : group,
        kind,
        namespace: text(namespace) ?? '',
        name: text(name) ?? `${text(generateName) ?? ''}…`,
        hookType,
      },
    ];
  });
}

function parsed(json: unknown): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text(json) ?? 'null');
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
