const NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Whether Kustomize takes the file for the description of its directory. */
export function isKustomization(path: string): boolean {
  return NAMES.includes(path.slice(path.lastIndexOf('/') + 1));
}

/** Where a directory's description may be. */
export function kustomizationPaths(directory: string): string[] {
  return NAMES.map(name => (directory ? `${directory}/${name}` : name));
}

export function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** @returns `undefined` when it leads out of the repository; '' is its root */
export function resolvePath(
  directory: string,
  reference: string,
): string | undefined {
  if (reference.startsWith('/')) return undefined;
  const steps = directory ? directory.split('/') : [];
  for (const step of reference.split('/')) {
    if (step === '..') {
      if (steps.length === 0) return undefined;
      steps.pop();
    } else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}
