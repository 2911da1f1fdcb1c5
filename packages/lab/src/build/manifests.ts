import { copyFile, mkdir, readdir, readFile, writeFile } from 'fs/promises';
import { join } from 'path';
import { moduleFolder, runGo } from './go';

/** Only its CRDs are used: see the README of `lab/`. */
export const SOURCE_CONTROLLER = 'github.com/fluxcd/source-controller@v1.9.6';

/** Pods become ready at once, pods of Jobs succeed: kwok's own "fast" stages. */
const STAGES = [
  'node/fast/node-initialize',
  'pod/fast/pod-ready',
  'pod/fast/pod-complete',
  'pod/fast/pod-delete',
];

/** The object that tells Argo CD's version, as the release has it: nothing else of that file is installed. */
async function copyController(argoCd: string, to: string): Promise<void> {
  const all = await readFile(join(argoCd, 'manifests', 'install.yaml'), 'utf8');
  const found = all
    .split(/^---$/m)
    .filter(document => /^kind: StatefulSet$/m.test(document));
  await writeFile(to, found.join('---'));
}

async function copyYaml(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from)) {
    if (name.endsWith('.yaml') && name !== 'kustomization.yaml') {
      await copyFile(join(from, name), join(to, name));
    }
  }
}

/** Copies out of the modules what the programs are installed and run with. */
export async function collectManifests(
  sources: string,
  folder: string,
): Promise<void> {
  const argoCd = await moduleFolder(sources, 'github.com/argoproj/argo-cd/v3');
  const kwok = await moduleFolder(sources, 'sigs.k8s.io/kwok');
  const kustomizeController = await moduleFolder(
    sources,
    'github.com/fluxcd/kustomize-controller',
  );
  const download = await runGo(sources, [
    'mod',
    'download',
    '-json',
    SOURCE_CONTROLLER,
  ]);
  const { Dir: sourceController } = JSON.parse(download) as { Dir: string };

  const manifests = join(folder, 'manifests');
  await copyYaml(
    join(argoCd, 'manifests', 'crds'),
    join(manifests, 'argocd', 'crds'),
  );
  await copyYaml(
    join(argoCd, 'manifests', 'base', 'config'),
    join(manifests, 'argocd', 'config'),
  );
  await copyController(argoCd, join(manifests, 'argocd', 'controller.yaml'));
  for (const module of [sourceController, kustomizeController]) {
    await copyYaml(
      join(module, 'config', 'crd', 'bases'),
      join(manifests, 'flux', 'crds'),
    );
  }
  const stages = await Promise.all(
    STAGES.map(name =>
      readFile(join(kwok, 'kustomize', 'stage', `${name}.yaml`), 'utf8'),
    ),
  );
  await writeFile(join(manifests, 'stages.yaml'), stages.join('\n---\n'));
  // Argo CD's repo-server calls it by name.
  await copyFile(
    join(argoCd, 'hack', 'git-verify-wrapper.sh'),
    join(folder, 'git-verify-wrapper.sh'),
  );
}
