import { splitLines } from './lineSplitter';

async function linesOf(chunks: Array<Buffer | string>, maximum = 100) {
  async function* source() {
    for (const chunk of chunks) {
      yield Buffer.from(chunk);
    }
  }
  const lines = [];
  for await (const line of splitLines(source(), maximum)) {
    lines.push(line);
  }
  return lines;
}

describe('splitLines', () => {
  it('gives the same lines wherever the stream was cut', async () => {
    const bytes = Buffer.from(
      '{"name":"统一消息"}\n\n \r\n{"b":"🚢"}\n{"half":',
    );
    const expected = ['{"name":"统一消息"}', '{"b":"🚢"}'];
    for (let first = 0; first <= bytes.length; first += 1) {
      for (let second = first; second <= bytes.length; second += 1) {
        const chunks = [
          bytes.subarray(0, first),
          bytes.subarray(first, second),
          bytes.subarray(second),
        ];
        expect(await linesOf(chunks)).toEqual(expected);
      }
    }
  });

  it('gives up on a line without end', async () => {
    await expect(linesOf(['x'.repeat(60), 'x'.repeat(60)])).rejects.toThrow(
      'longer than 100 characters',
    );
  });
});
