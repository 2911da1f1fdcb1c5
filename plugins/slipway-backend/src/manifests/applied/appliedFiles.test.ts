import { appliedFiles, type AppliedSource } from '.';

function applied(source: Partial<AppliedSource>, texts: Map<string, string>) {
  return appliedFiles({
    source: { path: 'dev/cart', recurse: true, ...source },
    files: [...texts.keys()].filter(file => file.startsWith('dev/cart/')),
    textAt: file => texts.get(file),
  }).sort();
}

const plain = (...paths: string[]) =>
  new Map(paths.map(path => [`dev/cart/${path}`, '']));

describe('appliedFiles', () => {
  it('follows the Kustomization, whatever the source says of its directory', () => {
    const texts = new Map([
      [
        'dev/cart/kustomization.yaml',
        'resources: [../../base, a.yaml, gone.yaml, kustomization.yaml]\npatches: [{path: p.yaml}]\n',
      ],
      ['dev/cart/a.yaml', ''],
      ['dev/cart/p.yaml', ''],
      ['base/Kustomization', 'resources: [b.yaml, ../dev/cart]\n'],
      ['base/b.yaml', ''],
    ]);
    for (const recurse of [true, false]) {
      expect(applied({ recurse, exclude: '*' }, texts)).toEqual([
        'base/b.yaml',
        'dev/cart/a.yaml',
      ]);
    }
  });

  it('takes the templates of a chart, and nothing else', () => {
    expect(
      applied(
        { recurse: false },
        plain('Chart.yaml', 'values.yaml', 'templates/a.yaml', 'crds/b.txt'),
      ),
    ).toEqual(['dev/cart/templates/a.yaml']);
  });

  it.each<[string, Partial<AppliedSource>, string[]]>([
    ['everything below', {}, ['a.yaml', 'b.JSON', 'sub/a.yml']],
    ['its own files', { recurse: false }, ['a.yaml', 'b.JSON']],
    [
      'what is included',
      { include: '{a.yaml,sub/*}' },
      ['a.yaml', 'sub/a.yml'],
    ],
    ['what is not excluded', { exclude: 'sub/*' }, ['a.yaml', 'b.JSON']],
    [
      'of a folder above, by paths from there',
      { path: 'dev', include: 'cart/*a.y*' },
      ['a.yaml', 'sub/a.yml'],
    ],
    ['a folder inside', { path: 'dev/cart/sub' }, ['sub/a.yml']],
    ['one file', { path: 'dev/cart/a.yaml' }, ['a.yaml']],
    ['nothing of its neighbour', { path: 'dev/car' }, []],
  ])('takes of a plain directory %s', (_, source, expected) => {
    expect(
      applied(source, plain('a.yaml', 'b.JSON', 'sub/a.yml', 'notes.txt')),
    ).toEqual(expected.map(path => `dev/cart/${path}`));
  });
});
