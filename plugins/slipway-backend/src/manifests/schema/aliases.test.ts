import { Scalar } from 'yaml';
import { appliedObjects } from './appliedObjects';
import { scalarValue } from './scalarValue';
import type { KubernetesSchema } from './types';
import { validateAgainst } from './validateAgainst';

/** Fields `l0` to `l4`, of which the last stands for 6^5 values. */
const ANCHORS = [0, 1, 2, 3, 4]
  .map(level => {
    const item = level ? `*l${level - 1}` : '0';
    return `l${level}: &l${level} [${Array(6).fill(item).join(', ')}]\n`;
  })
  .join('');

/** Nested lists; counts how often the type of an item at the bottom is asked for. */
function countingSchema() {
  let asked = 0;
  const bottom: KubernetesSchema = {
    get type() {
      asked += 1;
      return 'integer';
    },
  };
  let data = bottom;
  for (let level = 0; level < 5; level += 1) {
    data = { type: 'array', items: data };
  }
  return {
    node: {
      name: 'ConfigMap',
      schema: {
        type: 'object',
        properties: { metadata: {}, data },
      },
      definitions: {},
    },
    asked: () => asked,
  };
}

describe('aliases', () => {
  it('lead to an object of a list once', () => {
    const text = `apiVersion: v1\nkind: List\nitems:\n- &x {apiVersion: v1, kind: A}\n${'- *x\n'.repeat(
      1_000,
    )}- {apiVersion: v1, kind: B}\n`;
    expect(
      appliedObjects(text).map(({ gvk, root }) => [gvk.kind, root]),
    ).toEqual([
      ['A', ['items', 0]],
      ['B', ['items', 1_001]],
    ]);
  });

  it('make no more to look at in many objects than in one', () => {
    const objects = (count: number) =>
      `apiVersion: v1\nkind: List\n${ANCHORS}items:\n${'- {apiVersion: v1, kind: ConfigMap, data: *l4}\n'.repeat(
        count,
      )}`;
    const askedFor = (count: number) => {
      const { node, asked } = countingSchema();
      const text = objects(count);
      const found = validateAgainst({
        path: 'a.yaml',
        text,
        schemaOf: () => node,
      });
      expect(found).toEqual([]);
      return asked();
    };
    const one = askedFor(1);
    expect(one).toBeGreaterThan(6 ** 5);
    expect(askedFor(10)).toBeGreaterThan(9 * one);
    expect(askedFor(2_000)).toBeLessThan(30 * one);
  });

  it('and what begins again and again and never ends is read once', () => {
    for (const text of ['${', '$(', '<path:']) {
      const value = text.repeat(500_000);
      expect(scalarValue(new Scalar(value))).toEqual({
        type: 'string',
        text: value,
      });
    }
  });
});
