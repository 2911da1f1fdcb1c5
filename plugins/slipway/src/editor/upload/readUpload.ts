/** Bytes; files of this size are refused. */
export const MAX_UPLOAD_BYTES = 10_000_000;

/** As far as git looks for a zero byte when it decides what is text. */
const TEXT_BYTES = 8_000;

/** What a chosen file holds, as an operation carries it. */
export type UploadContent = { text: string } | { base64: string };

function base64Of(bytes: Uint8Array): string {
  const step = 0x8000;
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += step) {
    parts.push(String.fromCharCode(...bytes.subarray(at, at + step)));
  }
  return btoa(parts.join(''));
}

/** Text byte for byte where it is UTF-8, byte order mark included; else the bytes. */
export function contentOf(bytes: Uint8Array): UploadContent {
  if (!bytes.subarray(0, TEXT_BYTES).includes(0)) {
    try {
      const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
      return { text: utf8.decode(bytes) };
    } catch {
      // Not UTF-8: its bytes go as they are.
    }
  }
  return { base64: base64Of(bytes) };
}

function bytesOf(file: File): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(new Uint8Array(reader.result as ArrayBuffer));
    reader.onerror = () => reject(reader.error);
    reader.readAsArrayBuffer(file);
  });
}

/** A file that was chosen, or why it is not taken. */
export type Upload = { name: string } & (
  | { content: UploadContent }
  | { problem: 'tooLarge' | 'unreadable' | 'path' }
);

/** Reads one chosen file. Never throws: a directory, or a file that went away, cannot be read. */
export async function readUpload(file: File): Promise<Upload> {
  const { name, size } = file;
  if (size >= MAX_UPLOAD_BYTES) {
    return { name, problem: 'tooLarge' };
  }
  try {
    return { name, content: contentOf(await bytesOf(file)) };
  } catch {
    return { name, problem: 'unreadable' };
  }
}

/** How many bytes there are behind base64. */
export function bytesIn(base64: string): number {
  return Math.floor((base64.replace(/=+$/, '').length * 3) / 4);
}
