import fc from 'fast-check';
import {
  DELIMITER,
  encodePacket,
  FLUSH,
  MAX_PACKET_DATA,
  Packet,
  readPackets,
} from './pktLine';

async function read(chunks: Uint8Array[]): Promise<Packet[]> {
  const packets: Packet[] = [];
  async function* stream() {
    yield* chunks;
  }
  for await (const packet of readPackets(stream())) {
    packets.push(packet);
  }
  return packets;
}

describe('pkt-line', () => {
  it('reads back what was written, however the stream is cut', async () => {
    const packet = fc.oneof(
      fc.constant('flush' as const),
      fc.constant('delimiter' as const),
      fc.uint8Array({ maxLength: 300 }).map(bytes => Buffer.from(bytes)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(packet, { maxLength: 20 }),
        fc.integer({ min: 1, max: 50 }),
        async (packets, cut) => {
          const bytes = Buffer.concat(
            packets.map(item => {
              if (Buffer.isBuffer(item)) {
                return encodePacket(item);
              }
              return item === 'flush' ? FLUSH : DELIMITER;
            }),
          );
          const chunks: Buffer[] = [];
          for (let at = 0; at < bytes.length; at += cut) {
            chunks.push(bytes.subarray(at, at + cut));
          }
          expect(await read(chunks)).toEqual(
            packets.map(item =>
              Buffer.isBuffer(item)
                ? { type: 'data', data: item }
                : { type: item },
            ),
          );
        },
      ),
    );
  });

  it('refuses what is no packet, and what ends inside one', async () => {
    await expect(read([Buffer.from('<!DOCTYPE html>')])).rejects.toMatchObject({
      problem: 'notAGitServer',
    });
    await expect(read([Buffer.from('0003')])).rejects.toMatchObject({
      problem: 'notAGitServer',
    });
    await expect(read([Buffer.from('0009ab')])).rejects.toMatchObject({
      problem: 'unreachable',
    });
    expect(() => encodePacket(Buffer.alloc(MAX_PACKET_DATA + 1))).toThrow(
      RangeError,
    );
  });
});
