import { existsSync, readdirSync } from 'node:fs';
import { fromRoot } from './paths.mjs';

/** The folders of all workspace packages, relative to the root. */
export function workspaces() {
  return ['packages', 'plugins'].flatMap(folder =>
    readdirSync(fromRoot(folder))
      .map(name => `${folder}/${name}`)
      .filter(path => existsSync(fromRoot(path, 'package.json'))),
  );
}
