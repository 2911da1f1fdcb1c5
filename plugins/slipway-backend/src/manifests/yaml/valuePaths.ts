import { escapeRegExp } from './escapeRegExp';

/** A step of the path of a value, as `spec` or `"app.kubernetes.io/name"`: keys with dots are told apart from steps. */
export function pathSegment(name: string): string {
  return /[.[\]"]/.test(name) ? JSON.stringify(name) : name;
}

/** Names of the fields on the way to a value; items of lists are none. */
export function stepsOfPath(path: string): string[] {
  return [...path.matchAll(/"(?:[^"\\]|\\.)*"|\[[^\]]*\]|[^.[\]"]+/g)]
    .map(([step]) => step)
    .filter(step => !step.startsWith('['))
    .map(step => (step.startsWith('"') ? JSON.parse(step) : step));
}

/** Whether a path is another one, in which `[*]` stands for any item of a list. */
export function pathMatcher(wanted: string): (path: string) => boolean {
  if (!wanted.includes('[*]')) return path => path === wanted;
  const parts = wanted.split('[*]').map(escapeRegExp);
  const any = new RegExp(`^${parts.join('\\[[^\\]]*\\]')}$`);
  return path => any.test(path);
}
