import { mkdtemp, readdir, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { Lab } from './Lab';

describe('Lab', () => {
  it('leaves a folder alone that no lab made', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'slipway-not-a-lab-'));
    try {
      await writeFile(join(folder, 'thesis.txt'), 'years of work');
      await expect(Lab.create({ programs: '', folder })).rejects.toThrow(
        'has files that no lab made',
      );
      await expect(readdir(folder)).resolves.toEqual(['thesis.txt']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
