const names: { [engine: string]: string } = { argocd: 'Argo CD', flux: 'Flux' };

/** A sync engine as its makers write it; one that this version does not know, by its id. */
export function engineName(engine: string): string {
  return Object.hasOwn(names, engine) ? names[engine] : engine;
}
