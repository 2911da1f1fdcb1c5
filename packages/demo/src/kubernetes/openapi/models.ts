import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { type Declaration, readDeclaration } from './declarations';
import { askFormats, type Formats, type Validator } from './formats';

/** One schema of `kubernetes-models`, under the name that Kubernetes gives it. */
export interface Model {
  /** `io.k8s.api.apps.v1.Deployment`. */
  name: string;
  declaration: Declaration;
  formats: Formats;
  /** The model that a name in the declaration means. */
  resolve(reference: string): Model;
}

const requireModel = createRequire(__filename);
const MACHINERY = '@kubernetes-models/apimachinery';

let roots: { kubernetes: string; machinery: string } | undefined;

function findRoots() {
  if (!roots) {
    const kubernetes = dirname(requireModel.resolve('kubernetes-models'));
    const machinery = dirname(
      requireModel.resolve(MACHINERY, { paths: [kubernetes] }),
    );
    roots = { kubernetes, machinery };
  }
  return roots;
}

// As Kubernetes names the Go packages of its own APIs.
const PACKAGES: Record<string, string> = {
  '': 'io.k8s.api.core',
  'apiextensions.k8s.io':
    'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions',
};

/** `apps/v1/Deployment` → `io.k8s.api.apps.v1.Deployment`; the group is cut at its first dot. */
function schemaName(root: string, file: string): string {
  const path = relative(root, file).split(/[\\/]/);
  if (root === findRoots().machinery) {
    return ['io.k8s.apimachinery.pkg', ...path].join('.');
  }
  const [version, kind] = path.slice(-2);
  const group = path.slice(0, -2).join('/');
  const base = PACKAGES[group] ?? `io.k8s.api.${group.split('.')[0]}`;
  return `${base}.${version}.${kind}`;
}

const models = new Map<string, Model>();

function load(root: string, file: string): Model {
  const known = models.get(file);
  if (known) {
    return known;
  }
  const declaration = readDeclaration(readFileSync(`${file}.d.ts`, 'utf8'));
  const { exportedAs } = declaration;
  const { validate } = requireModel(
    join(root, '_schemas', `${exportedAs}.js`),
  ) as { validate: Validator };
  const model: Model = {
    name: schemaName(root, file),
    declaration,
    formats: askFormats(declaration, validate),
    resolve: reference => {
      const from = declaration.imports[reference];
      if (from === undefined) {
        // A name that is not imported is the declaration's own: JSONSchemaProps holds itself.
        return model;
      }
      return from.startsWith('.')
        ? load(root, resolve(dirname(file), from))
        : load(
            findRoots().machinery,
            join(findRoots().machinery, from.slice(MACHINERY.length)),
          );
    },
  };
  models.set(file, model);
  return model;
}

/** The model of a built-in kind: `('apps', 'v1', 'Deployment')`. */
export function modelOf(group: string, version: string, kind: string): Model {
  const { kubernetes } = findRoots();
  return load(kubernetes, join(kubernetes, group, version, kind));
}
