import { posix } from 'node:path';
import {
  type EngineSource,
  fields,
  type Fields,
  isFields,
  rows,
  text,
  texts,
} from '@slipway/backstage-plugin-slipway-node';

/** A source as the Application declares it, with what Argo CD made of it. */
export interface DeclaredSource {
  spec: Fields;
  /** `Directory`, `Helm`, `Kustomize` or `Plugin`, once it was rendered. */
  type?: string;
}

/** `spec.sources` wins over `spec.source`, as in Argo CD. With a source hydrator, the dry source is where people edit. */
export function declaredSources(application: Fields): DeclaredSource[] {
  const spec = fields(application.spec);
  const status = fields(application.status);
  if (isFields(spec.sourceHydrator)) {
    const dry = fields(spec.sourceHydrator).drySource;
    return isFields(dry) ? [{ spec: dry }] : [];
  }
  const several = rows(spec.sources);
  if (several.length > 0) {
    const types = Array.isArray(status.sourceTypes) ? status.sourceTypes : [];
    return several.map((source, index) => ({
      spec: source,
      type: text(types[index]),
    }));
  }
  return isFields(spec.source)
    ? [{ spec: spec.source, type: text(status.sourceType) }]
    : [];
}

/** All but the revisions. One entry for each declared source, in order; `undefined` for one without repository. */
export function readSources(
  declared: DeclaredSource[],
): Array<EngineSource | undefined> {
  const alsoReads = declared.map(() => new Set<string>());
  for (const [index, source] of declared.entries()) {
    for (const { owner, path } of filesNamedBy(declared, index, source.spec)) {
      alsoReads[owner].add(path);
    }
  }
  return declared.map(({ spec, type }, index) => {
    const repoUrl = text(spec.repoURL);
    if (!repoUrl) {
      return undefined;
    }
    const path = pathOf(spec);
    const { recurse, include, exclude, jsonnet } = fields(spec.directory);
    const rendered = readsItsWholeFolder(spec, type);
    return {
      repoUrl,
      path,
      chart: text(spec.chart),
      targetRevision: text(spec.targetRevision),
      recurse: recurse === true || rendered,
      rendered: rendered || isFields(jsonnet) ? true : undefined,
      include: text(include),
      exclude: text(exclude),
      refOnly:
        text(spec.ref) && path === undefined && !text(spec.chart)
          ? true
          : undefined,
      alsoReads: alsoReads[index].size > 0 ? [...alsoReads[index]] : undefined,
    };
  });
}

/** Folder below the root of the repository, `''` for the root; absent for charts and for what leads out of it. */
export function pathOf(source: Fields): string | undefined {
  const path = text(source.path);
  return path && !text(source.chart) ? normalizePath(path) : undefined;
}

function normalizePath(path: string): string | undefined {
  const normal = posix.normalize(path.replace(/^\/+/, '') || '.');
  if (normal === '..' || normal.startsWith('../')) {
    return undefined;
  }
  return normal === '.' || normal === './' ? '' : normal.replace(/\/+$/, '');
}

/** A chart has templates below its folder, an overlay has what its kustomization names, a plugin may read anything. */
function readsItsWholeFolder(spec: Fields, type: string | undefined): boolean {
  if (type && type !== 'Directory') {
    return true;
  }
  return [spec.helm, spec.kustomize, spec.plugin].some(isFields);
}

/** Value files, file parameters and components outside the source's own folder, each with the source whose repository has it. */
function* filesNamedBy(
  declared: DeclaredSource[],
  index: number,
  spec: Fields,
): Generator<{ owner: number; path: string }> {
  const helm = fields(spec.helm);
  const parameters = rows(helm.fileParameters).map(({ path }) => path);
  const names = [
    ...texts(helm.valueFiles),
    ...texts(parameters),
    ...texts(fields(spec.kustomize).components),
  ];
  const own = pathOf(spec);
  for (const name of names) {
    const reference = /^\$([^/]+)\/(.+)$/.exec(name);
    if (reference) {
      const owner = declared.findIndex(
        candidate => text(candidate.spec.ref) === reference[1],
      );
      const path = fixedPart(reference[2]);
      if (owner >= 0 && path !== undefined) {
        yield { owner, path };
      }
    } else if (own !== undefined && !/^[a-z][a-z0-9+.-]*:\/\//i.test(name)) {
      const path = fixedPart(name.startsWith('/') ? name : `${own}/${name}`);
      if (path !== undefined && !isWithin(path, own)) {
        yield { owner: index, path };
      }
    }
  }
}

/** The path up to the first part that only Argo CD can fill in: a glob or a build variable. */
function fixedPart(path: string): string | undefined {
  const segments = path.split('/');
  const open = segments.findIndex(segment => /[*?[{$]/.test(segment));
  const fixed = open < 0 ? segments : segments.slice(0, open);
  return normalizePath(fixed.join('/') || '.');
}

function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
