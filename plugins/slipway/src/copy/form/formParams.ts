import type {
  CopyExisting,
  CopyRule,
  CopySecrets,
} from '@slipway/backstage-plugin-slipway-common';
import { CopyForm, emptyForm, TargetRow } from './copyForm';
import { ruleTypes } from './ruleFields';

/** Servers refuse longer request lines, and a link that says half of a choice would mislead. */
const MAX_LENGTH = 6_000;

const existings: readonly CopyExisting[] = ['skip', 'onlyMissing', 'overwrite'];
const secretChoices: readonly CopySecrets[] = ['leaveOut', 'empty', 'keep'];

const own = [
  'to',
  'target',
  'title',
  'description',
  'stage',
  'at',
  'module',
  'without',
  'existing',
  'secrets',
  'secretsOf',
  'rules',
  'saveRules',
];

function isRecord(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function oneOf<T extends string>(
  values: readonly T[],
  value: unknown,
): T | undefined {
  return values.find(known => known === value);
}

/** A list in a link, of which only what is understood is taken. */
function listOf<T>(
  text: string | null,
  itemOf: (item: { [key: string]: unknown }) => T | undefined,
): T[] | undefined {
  if (text === null) {
    return undefined;
  }
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value)
      ? value.flatMap(item => (isRecord(item) && itemOf(item)) || [])
      : undefined;
  } catch {
    return undefined;
  }
}

function ruleOf(item: { [key: string]: unknown }): CopyRule | undefined {
  const type = oneOf(ruleTypes, item.type);
  const text = (name: 'from' | 'to' | 'tag' | 'path' | 'kind' | 'name') => {
    const value = item[name];
    return typeof value === 'string' && { [name]: value };
  };
  return (
    type && {
      type,
      ...text('from'),
      ...text('to'),
      ...text('tag'),
      ...text('path'),
      ...text('kind'),
      ...text('name'),
    }
  );
}

/** Cluster and namespace as a link has them; the name of a cluster may have slashes, that of a namespace never. */
function targetOf(text: string): TargetRow {
  const slash = text.lastIndexOf('/');
  return { cluster: text.slice(0, slash), namespace: text.slice(slash + 1) };
}

/** What a link fills in. */
export function formOf(params: URLSearchParams): CopyForm {
  const targets = params.getAll('at').filter(text => text.includes('/'));
  return {
    to: params.get('to') === 'existing' ? 'existing' : 'new',
    name: params.get('target') ?? '',
    title: params.get('title') ?? '',
    description: params.get('description') ?? '',
    stage: params.get('stage') ?? '',
    targets: targets.length > 0 ? targets.map(targetOf) : emptyForm.targets,
    modules: params.has('module')
      ? params.getAll('module').filter(name => name)
      : undefined,
    excludedFiles: params.getAll('without'),
    existing: oneOf(existings, params.get('existing')) ?? emptyForm.existing,
    secrets: oneOf(secretChoices, params.get('secrets')) ?? emptyForm.secrets,
    secretsOf:
      listOf(params.get('secretsOf'), ({ path, secrets }) => {
        const choice = oneOf(secretChoices, secrets);
        return choice && typeof path === 'string'
          ? { path, secrets: choice }
          : undefined;
      }) ?? [],
    rules: listOf(params.get('rules'), ruleOf),
    saveRules: params.get('saveRules') ?? '',
  };
}

function entriesOf(form: CopyForm): Array<[string, string]> {
  const text = (name: string, value: string, usual = ''): [string, string][] =>
    value === usual ? [] : [[name, value]];
  return [
    ...text('to', form.to, emptyForm.to),
    ...text('target', form.name),
    ...text('title', form.title),
    ...text('description', form.description),
    ...text('stage', form.stage),
    ...form.targets.flatMap(({ cluster, namespace }) =>
      text('at', `${cluster}/${namespace}`, '/'),
    ),
    // None at all is another thing than all of them.
    ...(form.modules?.length === 0 ? [''] : form.modules ?? []).map(
      (name): [string, string] => ['module', name],
    ),
    ...form.excludedFiles.map((path): [string, string] => ['without', path]),
    ...text('existing', form.existing, emptyForm.existing),
    ...text('secrets', form.secrets, emptyForm.secrets),
    ...text('secretsOf', JSON.stringify(form.secretsOf), '[]'),
    ...(form.rules ? text('rules', JSON.stringify(form.rules)) : []),
    ...text('saveRules', form.saveRules),
  ];
}

/** Whether a link can hold the form. */
export function fitsLink(form: CopyForm): boolean {
  return String(new URLSearchParams(entriesOf(form))).length <= MAX_LENGTH;
}

/** The search parameters with the form in them, or without it where it is too long for a link. */
export function withForm(
  params: URLSearchParams,
  form: CopyForm,
): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of own) {
    next.delete(name);
  }
  if (fitsLink(form)) {
    for (const [name, value] of entriesOf(form)) {
      next.append(name, value);
    }
  }
  return next;
}
