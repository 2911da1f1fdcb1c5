import { bytesIn, contentOf, MAX_UPLOAD_BYTES, readUpload } from './readUpload';

it('takes text byte for byte, bytes as base64, and nothing of 10 MB', async () => {
  const encode = (text: string) => new TextEncoder().encode(text);
  expect(contentOf(encode('\uFEFFa: 模块\r\n'))).toEqual({
    text: '\uFEFFa: 模块\r\n',
  });
  expect(contentOf(new Uint8Array([0, 1, 255]))).toEqual({ base64: 'AAH/' });
  expect(contentOf(new Uint8Array([0xc3, 0x28]))).toEqual({ base64: 'wyg=' });
  const large = new Uint8Array(100_000).fill(0xff);
  const content = contentOf(large) as { base64: string };
  expect(bytesIn(content.base64)).toBe(100_000);
  expect(bytesIn('wyg=')).toBe(2);

  expect(await readUpload(new File(['a'], 'a.txt'))).toEqual({
    name: 'a.txt',
    content: { text: 'a' },
  });
  const huge = new File([], 'huge.bin');
  Object.defineProperty(huge, 'size', { value: MAX_UPLOAD_BYTES });
  expect(await readUpload(huge)).toEqual({
    name: 'huge.bin',
    problem: 'tooLarge',
  });
});
