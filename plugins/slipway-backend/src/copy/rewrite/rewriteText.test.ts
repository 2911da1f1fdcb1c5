import type { CopyRule } from '@slipway/backstage-plugin-slipway-common';
import fc from 'fast-check';
import { parse } from 'yaml';
import { compileRules } from './compileRules';
import { rewriteText } from './rewriteText';

function rewrite(text: string, ...asked: CopyRule[]) {
  const { rules, problems } = compileRules(asked);
  expect(problems.size).toBe(0);
  return rewriteText({ path: 'a.yaml', text, rules });
}

const NAMESPACE: CopyRule = { type: 'namespace', from: 'prod', to: 'uat' };
const HOST: CopyRule = {
  type: 'host',
  from: 'shop.example.com',
  to: 'uat.example.com',
};

describe('rewriteText', () => {
  it('moves a namespace wherever a manifest names one, and nothing that only looks like it', () => {
    const { text, values } = rewrite(
      `# prod
apiVersion: v1
kind: Namespace
metadata:
  name: prod # prod
  labels: { kubernetes.io/metadata.name: "prod", tier: prod }
---
kind: RoleBinding
metadata: { name: prod, namespace: 'prod' }
subjects:
- kind: ServiceAccount
  namespace:   prod
data:
  url: http://web.prod.svc:80/prod?x=prod.svc
  other: http://web.prod.svcs/ http://web.prod-1.svc
  conf: |
    up web.prod.svc.cluster.local
    user system:serviceaccount:prod:web prod
`,
      NAMESPACE,
    );
    expect(text).toBe(`# prod
apiVersion: v1
kind: Namespace
metadata:
  name: uat # prod
  labels: { kubernetes.io/metadata.name: "uat", tier: prod }
---
kind: RoleBinding
metadata: { name: prod, namespace: 'uat' }
subjects:
- kind: ServiceAccount
  namespace:   uat
data:
  url: http://web.uat.svc:80/prod?x=prod.svc
  other: http://web.prod.svcs/ http://web.prod-1.svc
  conf: |
    up web.uat.svc.cluster.local
    user system:serviceaccount:uat:web prod
`);
    expect(values).toEqual(new Map([[0, 7]]));
  });

  it('replaces whole hosts', () => {
    expect(
      rewrite(
        'a: [shop.example.com, "https://shop.example.com:8443/x", www.shop.example.com, shop.example.com.cn, shop.example.com-x, x@shop.example.com]\n',
        HOST,
      ).text,
    ).toBe(
      'a: [uat.example.com, "https://uat.example.com:8443/x", www.shop.example.com, shop.example.com.cn, shop.example.com-x, x@uat.example.com]\n',
    );
    expect(
      rewrite("a: ['*.shop.cn', shop.cn, api.shop.cn]\n", {
        type: 'host',
        from: '.shop.cn',
        to: '.test.cn',
      }).text,
    ).toBe("a: ['*.test.cn', shop.cn, api.test.cn]\n");
  });

  it.each<[string, CopyRule, string, string]>([
    [
      'images by repository',
      { type: 'image', from: 'reg.io:5000/shop', to: 'reg.cn/s' },
      'image: reg.io:5000/shop/web:1.2\nold: reg.io:5000/shop/web\nb: {image: reg.io:5000/shopping}\n',
      'image: reg.cn/s/web:1.2\nold: reg.io:5000/shop/web\nb: {image: reg.io:5000/shopping}\n',
    ],
    [
      'tags of images',
      { type: 'image', from: 'reg.io/web', tag: '1.10' },
      'image: reg.io/web@sha256:0123\n',
      'image: reg.io/web:1.10\n',
    ],
    [
      'replicas of some objects',
      { type: 'replicas', to: '1', kind: 'Deployment', name: 'web' },
      'kind: Deployment\nmetadata: {name: web}\nspec: {replicas: 3}\n---\nkind: Deployment\nmetadata: {name: api}\nspec: {replicas: 3}\n',
      'kind: Deployment\nmetadata: {name: web}\nspec: {replicas: 1}\n---\nkind: Deployment\nmetadata: {name: api}\nspec: {replicas: 3}\n',
    ],
    [
      'labels',
      { type: 'label', path: 'env', from: 'prod', to: 'on' },
      'env: prod\nmetadata: { labels: { env: prod } }\nspec: { selector: { matchLabels: { env: prod } } }\n',
      'env: prod\nmetadata: { labels: { env: "on" } }\nspec: { selector: { matchLabels: { env: "on" } } }\n',
    ],
    [
      'values by their paths',
      { type: 'value', path: 'spec.c[*].cpu', to: '100m' },
      'spec:\n  c:\n  - {name: a, cpu: 1}\n  - cpu: 2\nc: [{cpu: 3}]\n',
      'spec:\n  c:\n  - {name: a, cpu: 100m}\n  - cpu: 100m\nc: [{cpu: 3}]\n',
    ],
    [
      'whole values by a pattern',
      { type: 'text', from: '(\\w+)-prod(\\d)', to: '$2-$1 $$' },
      "a: 'x-prod1'\nb: y-prod2 z\nc: |\n  z-prod3\n  w-prod4 \n",
      "a: '1-x $'\nb: y-prod2 z\nc: |\n  3-z $\n  4-w $ \n",
    ],
  ])('rewrites %s', (_, rule, before, after) => {
    expect(rewrite(before, rule).text).toBe(after);
  });

  it('keeps the sort of a value: text stays text, numbers stay numbers', () => {
    const rule: CopyRule = { type: 'value', path: 'a', to: '1' };
    expect(rewrite('a: text\n', rule).text).toBe('a: "1"\n');
    expect(rewrite('a: 7\n', rule).text).toBe('a: 1\n');
    expect(rewrite('{"a": "x"}', rule).text).toBe('{"a": "1"}');
    expect(rewrite('a: x\n', { ...rule, to: 'b: c #d' }).text).toBe(
      'a: "b: c #d"\n',
    );
  });

  it('takes what the target has', () => {
    const { rules } = compileRules([{ type: 'keep', path: 'spec.size' }]);
    const text = 'spec: { size: 3 }\nsize: 3\n';
    const told = { path: 'a.yaml', text, rules };
    expect(
      rewriteText({ ...told, targetValue: place => `9${place.key}` }).text,
    ).toBe('spec: { size: 9size }\nsize: 3\n');
    expect(rewriteText(told).text).toBe(text);
  });

  it('leaves what it cannot read, and does the rest', () => {
    expect(
      rewrite('a: [prod\n---\nnamespace: prod\n', NAMESPACE),
    ).toMatchObject({
      text: 'a: [prod\n---\nnamespace: uat\n',
      changed: 1,
    });
  });

  it('reads other texts line by line', () => {
    const { rules } = compileRules([NAMESPACE, HOST]);
    expect(
      rewriteText({
        path: 'a.env',
        text: '\tA=shop.example.com\r\nB=db.prod.svc\nC=prod',
        rules,
      }),
    ).toMatchObject({
      text: '\tA=uat.example.com\r\nB=db.uat.svc\nC=prod',
      changed: 2,
    });
  });

  it.each<[CopyRule, string]>([
    [{ type: 'text', from: '(a)\\1', to: '' }, 'rulePattern'],
    [{ type: 'text', from: 'a(?=b)', to: '' }, 'rulePattern'],
    [{ type: 'namespace', from: 'a' }, 'ruleIncomplete'],
    [{ type: 'replicas', to: 'many' }, 'ruleIncomplete'],
    [{ type: 'keep' }, 'ruleIncomplete'],
  ])('says what is wrong with %j', (rule, code) => {
    const { rules, problems } = compileRules([rule]);
    expect(rules).toEqual([]);
    expect(problems.get(0)).toMatchObject({ code });
  });

  it('changes nothing but the values', () => {
    const value = fc.oneof(
      fc.constantFrom('prod', 'a.prod.svc', 'x: y', '- 1', '"', "'", '1', ''),
      fc.string({ maxLength: 12 }),
    );
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ minLength: 1, maxLength: 6 }), value),
        fc.constantFrom('uat', 'true', '12', "it's", 'a: b', '[x'),
        (data, to) => {
          const text = JSON.stringify({ namespace: 'prod', data });
          const { text: after } = rewrite(text, {
            ...NAMESPACE,
            to,
          });
          const moved = (key: string, one: unknown) => {
            if (key === 'namespace' && one === 'prod') return to;
            return typeof one === 'string' && one !== 'prod'
              ? one.replace(
                  /(?<=[a-z0-9]\.)prod(?=\.svc(?![A-Za-z0-9-]))/g,
                  () => to,
                )
              : one;
          };
          const expected = JSON.parse(
            JSON.stringify({ namespace: to, data }, moved),
          );
          expect(parse(after, { uniqueKeys: false })).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });
});
