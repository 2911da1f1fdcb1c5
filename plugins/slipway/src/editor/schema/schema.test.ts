import { EditorState, Text } from '@codemirror/state';
import { json } from '@codemirror/lang-json';
import { yaml } from '@codemirror/lang-yaml';
import type { KindSchema } from '@slipway/backstage-plugin-slipway-common';
import { completionAt } from './completionAt';
import { completionsFor } from './completeFields';
import { keyAt } from './keyAt';
import { fieldAt } from './kindSchema';
import { rememberSchemas } from './rememberedSchemas';
import { renderField } from './schemaTooltip';

const schema: KindSchema = {
  kubernetesVersion: 'v1.33.4',
  schema: {
    type: 'object',
    required: ['spec'],
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      spec: {
        description: 'How it shall be.',
        default: {},
        allOf: [{ $ref: '#/$defs/io.k8s.apps.Spec' }],
      },
    },
    $defs: {
      'io.k8s.apps.Spec': {
        type: 'object',
        description: 'Spec in general.',
        properties: {
          replicas: { type: 'integer', format: 'int32', default: 1 },
          paused: { type: 'boolean' },
          labels: { type: 'object', additionalProperties: { type: 'string' } },
          port: { 'x-kubernetes-int-or-string': true },
          containers: {
            type: 'array',
            items: { $ref: '#/$defs/io.k8s.core.Container' },
          },
        },
        required: ['containers'],
      },
      'io.k8s.core.Container': {
        type: 'object',
        required: ['name'],
        properties: {
          name: { type: 'string' },
          pull: { type: 'string', enum: ['Always', 'Never'] },
          next: { $ref: '#/$defs/io.k8s.core.Container' },
        },
      },
    },
  },
};

const phrases = {
  required: 'required',
  values: 'Values',
  default: 'Default',
  servedBy: ({ kind, version }: { kind: string; version: string }) =>
    `${kind} in Kubernetes ${version}`,
};

const HEAD = 'apiVersion: apps/v1\nkind: Deployment\n';

/** A text and where `|` stands in it. */
function cursor(text: string): [string, number] {
  const at = text.indexOf('|');
  return [text.replace('|', ''), at];
}

describe('the schema in the editor', () => {
  it.each([
    [`${HEAD}sp|ec:\n  a: 1\n`, ['spec']],
    [`${HEAD}|spec:\n  a: 1\n`, ['spec']],
    [`${HEAD}spec:\n  containers:\n  - name: a\n    "pu|ll": b\n`, 'pull'],
    [`a: 1\n---\n${HEAD}spec: { containers: [{ pu|ll: a }] }\n`, 'pull'],
    [`${HEAD}spec:\n  containers:\n    - pu|ll: a\n---\nkind: x\n`, 'pull'],
    [`${HEAD}spec:\n  a: va|lue\n`, undefined],
    [`${HEAD}spec: >-\n  te|xt: a\n`, undefined],
    [`${HEAD}# sp|ec: a\n`, undefined],
    ['a: 1\n|b: 2\n', undefined],
    // References to objects are none themselves, objects in lists are.
    [
      `${HEAD}spec:\n  ref:\n    apiVersion: v1\n    kind: X\n    na|me: a\n`,
      ['spec', 'ref', 'name'],
    ],
    [
      `apiVersion: v1\nkind: List\nitems:\n- apiVersion: apps/v1\n  kind: Deployment\n  sp|ec: {}\n`,
      ['spec'],
    ],
  ])('finds the key in %j', (text, expected) => {
    const [doc, at] = cursor(text);
    const state = EditorState.create({ doc, extensions: yaml() });
    const found = keyAt(state, at);
    const path =
      expected === 'pull' ? ['spec', 'containers', '[]', 'pull'] : expected;
    expect(found?.path).toEqual(path);
    expect(found && [found.apiVersion, found.kind]).toEqual(
      path && ['apps/v1', 'Deployment'],
    );
  });

  it('finds the key in JSON', () => {
    const [doc, at] = cursor(
      '{"apiVersion":"apps/v1","kind":"Deployment","spec":{"containers":[{"na|me":"a"}]}}',
    );
    const state = EditorState.create({ doc, extensions: json() });
    expect(keyAt(state, at)).toMatchObject({
      kind: 'Deployment',
      path: ['spec', 'containers', '[]', 'name'],
    });
  });

  it.each([
    ['|', 'key', [], 'spec'],
    [
      'spec:\n  re|\n',
      'key',
      ['spec'],
      'containers labels paused port replicas',
    ],
    [
      'spec:\n  replicas: 1\n\n  # why\n  |\n  paused: true\nother: 1\n',
      'key',
      ['spec'],
      'containers labels port',
    ],
    [
      'spec:\n  containers:\n  - name: a\n    pu|\n  - next: {}\n',
      'key',
      ['spec', 'containers', '[]'],
      'next pull',
    ],
    [
      'spec:\n  containers:\n    - |\n',
      'key',
      ['spec', 'containers', '[]'],
      'name next pull',
    ],
    [
      'spec:\n  containers:\n  - name: a\n    next:\n      pull: Al|\n',
      'value',
      ['spec', 'containers', '[]', 'next', 'pull'],
      'Always Never',
    ],
    ['spec:\n  paused: |', 'value', ['spec', 'paused'], 'true false'],
    ['spec:\n  replicas: |', 'value', ['spec', 'replicas'], undefined],
    ['kind: |', 'value', ['kind'], undefined],
    ['spec:\n  unknown:\n    a|', 'key', ['spec', 'unknown'], undefined],
    ['---\nspec:\n  |', undefined, [], undefined],
    ['spec: text\n  goes|', undefined, [], undefined],
    ['spec:\n  a: >-\n    te|xt', undefined, [], undefined],
  ])('completes %j', (text, type, path, expected) => {
    const [doc, at] = cursor(`${HEAD}${text}`);
    const place = completionAt(Text.of(doc.split('\n')), at);
    expect([place?.type, place?.path ?? []]).toEqual([type, path]);
    const offered = place && completionsFor(place, schema, phrases);
    expect(offered?.options.map(one => one.label).join(' ')).toBe(expected);
  });

  it('types on after a key, unless its colon is there', () => {
    const applied = (text: string, label: string) => {
      const [doc, at] = cursor(`${HEAD}${text}`);
      const place = completionAt(Text.of(doc.split('\n')), at);
      return (
        place &&
        completionsFor(place, schema, phrases)?.options.find(
          one => one.label === label,
        )?.apply
      );
    };
    expect(applied('s|', 'spec')).toBe('spec:\n  ');
    expect(applied('s|: {}', 'spec')).toBe('spec');
    expect(applied('spec:\n  c|', 'containers')).toBe('containers:\n    - ');
    expect(applied('spec:\n  r|', 'replicas')).toBe('replicas: ');
    expect(applied('spec:\n  l|', 'labels')).toBe('labels:\n    ');
  });

  it('says what a field is, in words and never as markup', () => {
    const spec = fieldAt(schema.schema, ['spec']);
    expect(spec).toEqual({
      description: 'How it shall be.',
      type: 'Spec',
      required: true,
      values: [],
      default: undefined,
    });
    for (const [path, type] of [
      [['spec', 'containers'], 'array of Container'],
      [['spec', 'labels'], 'map of string'],
      [['spec', 'labels', 'app'], 'string'],
      [['spec', 'port'], 'integer or string'],
      [['spec', 'replicas'], 'integer (int32)'],
      [['spec', 'containers', '[]', 'next', 'next'], 'Container'],
    ] as const) {
      expect(fieldAt(schema.schema, path)?.type).toBe(type);
    }
    expect(fieldAt(schema.schema, ['spec', 'toString'])).toBeUndefined();
    const replicas = fieldAt(schema.schema, ['spec', 'replicas']);
    const shown = renderField({
      name: 'replicas',
      field: { ...replicas!, description: '<b>Pods</b>', required: true },
      kind: 'Deployment',
      schema,
      phrases,
    });
    expect(shown.textContent).toBe(
      'replicas integer (int32) required<b>Pods</b>Default: 1Deployment in Kubernetes v1.33.4',
    );
    expect(shown.querySelector('b')).toBeNull();
  });

  it('asks once for each kind, and again a minute after a failure', async () => {
    const clock = { now: 0 };
    const asked: string[] = [];
    let away = false;
    const fetchSchema = rememberSchemas(
      async (apiVersion, kind) => {
        asked.push(`${apiVersion} ${kind}`);
        if (away) throw new Error('away');
        return schema;
      },
      () => clock.now,
    );
    await expect(
      Promise.all([fetchSchema('v1', 'A'), fetchSchema('v1', 'A')]),
    ).resolves.toEqual([schema, schema]);
    expect(asked).toEqual(['v1 A']);
    away = true;
    await expect(fetchSchema('v1', 'B')).resolves.toBeUndefined();
    away = false;
    clock.now = 59_000;
    await expect(fetchSchema('v1', 'B')).resolves.toBeUndefined();
    clock.now = 61_000;
    await expect(fetchSchema('v1', 'B')).resolves.toBe(schema);
    expect(asked).toEqual(['v1 A', 'v1 B', 'v1 B']);
  });
});
