import { splitRows, unifiedRows } from './diffRows';

const hunk = {
  oldStart: 5,
  oldLines: 4,
  newStart: 7,
  newLines: 4,
  lines: [
    ' spec:',
    '-  replicas: 2',
    '-  paused: yes',
    '+  replicas: 3',
    ' end',
    '+more',
    '\\ No newline at end of file',
  ],
};

describe('the rows of a diff', () => {
  it('numbers both sides', () => {
    expect(
      unifiedRows(hunk).map(({ sign, oldLine, newLine, text }) =>
        [oldLine ?? '', newLine ?? '', sign + text].join('|'),
      ),
    ).toEqual([
      '5|7| spec:',
      '6||-  replicas: 2',
      '7||-  paused: yes',
      '|8|+  replicas: 3',
      '8|9| end',
      '|10|+more',
      '||\\ No newline at end of file',
    ]);
  });

  it('puts what was removed beside what was added', () => {
    expect(
      splitRows(hunk).map(({ before, after }) =>
        [before?.text ?? '', after?.text ?? ''].join('|'),
      ),
    ).toEqual([
      'spec:|spec:',
      '  replicas: 2|  replicas: 3',
      '  paused: yes|',
      'end|end',
      '|more',
    ]);
  });
});
