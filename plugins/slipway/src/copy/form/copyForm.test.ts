import type { CopyRule } from '@slipway/backstage-plugin-slipway-common';
import { CopyForm, emptyForm, withoutSource } from './copyForm';
import { copyOf, lackingOf } from './copyOf';
import { fitsLink, formOf, withForm } from './formParams';
import { withField, withType } from './ruleFields';

const full: CopyForm = {
  saveRules: 'a province',
  to: 'existing',
  name: 'demo & more',
  title: '环境复制演示',
  description: 'a\nb',
  stage: 'dev',
  targets: [
    { cluster: 'edge/xj', namespace: 'shop' },
    { cluster: 'gd', namespace: '' },
  ],
  modules: ['cart', 'clickhouse模块'],
  excludedFiles: ['prod2/cart/a b.yaml'],
  existing: 'onlyMissing',
  secrets: 'keep',
  secretsOf: [{ path: 'prod2/cart/secret.yaml', secrets: 'empty' }],
  rules: [
    {
      type: 'image',
      from: 'registry.example/shop',
      to: 'r.example',
      tag: 'v1',
    },
    { type: 'value', path: 'spec.a', kind: 'Deployment', name: 'web', to: '' },
  ],
};

describe('a form in a link', () => {
  it.each<[string, CopyForm]>([
    ['all that can be chosen', full],
    ['nothing', emptyForm],
    ['no module and no rule', { ...emptyForm, modules: [], rules: [] }],
  ])('keeps %s', (_, form) => {
    const params = withForm(new URLSearchParams('tab=x&target=old'), form);
    expect(params.get('tab')).toBe('x');
    expect(formOf(new URLSearchParams(String(params)))).toEqual(form);
  });

  it('takes nothing that it does not understand', () => {
    const params = new URLSearchParams(
      'to=moon&at=nowhere&existing=maybe&secrets=told&secretsOf=[1,{"path":"p"}]&rules={"type":"host"}',
    );
    expect(formOf(params)).toEqual(emptyForm);
    expect(formOf(new URLSearchParams('rules=[')).rules).toBeUndefined();
    expect(
      formOf(new URLSearchParams('rules=[{"type":"host","from":7,"to":"x"}]'))
        .rules,
    ).toEqual([{ type: 'host', to: 'x' }]);
  });

  it('is left out where it is too long, rather than told by half', () => {
    const long = {
      ...full,
      modules: Array.from({ length: 1_000 }, (_, at) => `module-${at}`),
    };
    expect(fitsLink(long)).toBe(false);
    expect(String(withForm(new URLSearchParams('step=plan'), long))).toBe(
      'step=plan',
    );
  });

  it('keeps what is about the target when the source is another', () => {
    const { excludedFiles, modules, name, rules, secretsOf } =
      withoutSource(full);
    expect(name).toBe('demo & more');
    expect([modules, rules, excludedFiles, secretsOf]).toEqual([
      undefined,
      undefined,
      [],
      [],
    ]);
  });
});

describe('what is asked for', () => {
  it.each<[string | undefined, Partial<CopyForm>]>([
    ['name', {}],
    ['name', { name: ' ' }],
    ['targets', { name: 'demo', targets: [{ cluster: 'gd', namespace: '' }] }],
    ['targets', { name: 'demo', targets: [{ cluster: '', namespace: 'a' }] }],
    ['targets', { name: 'demo' }],
    ['modules', { to: 'existing', name: 'qa', modules: [] }],
    [undefined, { name: 'demo', targets: [{ cluster: 'a', namespace: 'b' }] }],
    // Rows of a new target do not matter to one that is there.
    [
      undefined,
      {
        to: 'existing',
        name: 'qa',
        targets: [{ cluster: 'gd', namespace: '' }],
      },
    ],
  ])('lacks %s', (expected, patch) => {
    const form = { ...emptyForm, ...patch };
    expect(lackingOf(form)).toBe(expected);
    expect(copyOf('prod2', form) === undefined).toBe(expected !== undefined);
  });

  it('has of the target what is filled in', () => {
    expect(
      copyOf('prod2', {
        ...emptyForm,
        name: ' demo ',
        targets: [
          { cluster: 'gd', namespace: ' a ' },
          { cluster: '', namespace: '' },
        ],
      }),
    ).toEqual({
      source: 'prod2',
      target: { name: 'demo', targets: [{ cluster: 'gd', namespace: 'a' }] },
      secrets: 'leaveOut',
    });
  });
});

describe('a rule', () => {
  const rule: CopyRule = { type: 'image', from: 'a', to: 'b', tag: 'v1' };

  it('keeps what its new type can use', () => {
    expect(withType(rule, 'namespace')).toEqual({
      type: 'namespace',
      from: 'a',
      to: 'b',
    });
    expect(withType(rule, 'keep')).toEqual({ type: 'keep' });
  });

  it('may put an empty text in place, and asks nothing of an empty field', () => {
    expect(withField(rule, 'to', '')).toEqual({ ...rule, to: '' });
    expect(withField(rule, 'tag', '')).toEqual({
      type: 'image',
      from: 'a',
      to: 'b',
    });
  });
});
