import { mkdtemp, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { assertGo, isAtLeast } from './go';
import { builtPrograms } from './builtPrograms';
import { applyPatch, PATCH } from './patchedArgoCd';
import { linkerFlags } from './programs';
import { findSources, fingerprint } from './sources';

describe('building the lab', () => {
  let folder: string;
  const environment = { ...process.env };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slipway-build-'));
  });

  afterEach(async () => {
    process.env = { ...environment };
    await rm(folder, { recursive: true });
  });

  it.each([
    ['1.26.3', '1.26.3', true],
    ['1.26.8', '1.26.3', true],
    ['1.27rc1', '1.26.3', true],
    ['1.26', '1.26.3', false],
    ['1.9.9', '1.26.3', false],
    ['2', '1.26.3', true],
  ])('knows whether Go %s is at least %s', (version, wanted, expected) => {
    expect(isAtLeast(version, wanted)).toBe(expected);
  });

  it('says in one sentence that there is no Go', async () => {
    process.env.PATH = folder;
    await expect(assertGo(findSources())).rejects.toThrow(
      /^The lab needs Go, which is not here\. Install Go \S+ or newer, or name a folder with the built programs in SLIPWAY_LAB_BIN\.$/,
    );
  });

  it('says in one sentence that Go is too old', async () => {
    await writeFile(join(folder, 'go'), '#!/bin/sh\necho go1.20.1\n', {
      mode: 0o755,
    });
    process.env.PATH = `${folder}:${environment.PATH}`;
    await expect(assertGo(findSources())).rejects.toThrow(
      /^The lab needs Go \S+, this one is 1\.20\.1\. Install/,
    );
  });

  it('takes a folder of built programs, and says what is not in it', async () => {
    process.env.SLIPWAY_LAB_BIN = folder;
    await expect(builtPrograms()).rejects.toThrow(
      `SLIPWAY_LAB_BIN names ${folder}, which has no tether, labpki,`,
    );
  });

  it('knows a build by its sources and its recipe', async () => {
    await writeFile(join(folder, 'go.mod'), 'module lab');
    const first = await fingerprint(folder, ['flags']);
    await writeFile(join(folder, 'README.md'), 'No source.');
    expect(await fingerprint(folder, ['flags'])).toBe(first);
    expect(await fingerprint(folder, ['others'])).not.toBe(first);
    await writeFile(join(folder, 'main.go'), 'package main');
    expect(await fingerprint(folder, ['flags'])).not.toBe(first);
  });

  it('replaces the line of Argo CD exactly once, or says so', () => {
    expect(applyPatch(`a\n${PATCH.from}\nb`)).toBe(`a\n${PATCH.to}\nb`);
    expect(() => applyPatch('another version')).toThrow(/0 times/);
    expect(() => applyPatch(PATCH.from + PATCH.from)).toThrow(/2 times/);
  });

  it('tells API servers the version that they are', () => {
    const flags = linkerFlags({ kubernetes: 'v1.36.3', argoCd: 'v3.5.7' });
    expect(flags).toContain(
      '-X k8s.io/component-base/version.gitVersion=v1.36.3 -X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=36',
    );
    expect(flags).toContain(
      '-X github.com/argoproj/argo-cd/v3/common.gitTag=v3.5.7',
    );
  });
});
