import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromRoot } from '../paths.mjs';
import { PlainError } from '../plainError.mjs';

const BLOCK =
  /<!-- install: (\S+) -->\s*(?:<!-- prettier-ignore -->\s*)?```\w+\n(.*?)```/gs;

/**
 * The code blocks of docs/install.md by the names in the comments above them.
 * @returns {Map<string, string>}
 */
export function readGuide() {
  const text = readFileSync(fromRoot('docs', 'install.md'), 'utf8');
  return new Map([...text.matchAll(BLOCK)].map(match => [match[1], match[2]]));
}

/** Fails where a command or a line of code in the README is not one of the guide's. */
export function assertReadmeAgrees() {
  const known = new Set([...readGuide().values()].flatMap(codeLines));
  const readme = readFileSync(fromRoot('README.md'), 'utf8');
  const section =
    readme.split('## Add it to your portal')[1]?.split('\n## ')[0] ?? '';
  const lines = [...section.matchAll(/```(?:sh|tsx?)\n(.*?)```/gs)].flatMap(
    match => codeLines(match[1]),
  );
  const unknown = lines.filter(line => !known.has(line));
  if (lines.length === 0 || unknown.length > 0) {
    throw new PlainError(
      `README.md says what docs/install.md does not:\n${unknown.join('\n')}`,
    );
  }
}

function codeLines(block) {
  return block
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);
}

/**
 * Follows docs/install.md in a portal of create-app, whose app on the legacy frontend system is in packages/app-legacy.
 * @param {string} portal its folder
 */
export async function followGuide(portal) {
  const guide = readGuide();
  const edit = async (path, change) => {
    const file = join(portal, path);
    await writeFile(file, change(await readFile(file, 'utf8')));
  };
  const block = name => {
    const code = guide.get(name);
    if (code === undefined) {
      throw new PlainError(`docs/install.md has no block "${name}"`);
    }
    return code;
  };

  await edit('packages/backend/src/index.ts', text =>
    before(text, 'backend.start();', block('backend')),
  );
  await edit('app-config.yaml', text =>
    after(
      text,
      '  extensions:\n',
      below(block('languages'), '  extensions:\n'),
    ).concat('\n', block('config')),
  );
  await edit('examples/entities.yaml', text =>
    after(
      text,
      'metadata:\n  name: example-website\n',
      below(block('annotations'), 'metadata:\n'),
    ),
  );
  await followLegacy(edit, block);

  // Only for the type check: the app finds the plugin by itself, which is to be seen as well.
  const app = await readFile(join(portal, 'packages/app/src/App.tsx'), 'utf8');
  await writeFile(
    join(portal, 'packages/app/src/NamedFeatures.tsx'),
    `${app.split('export default')[0]}${block('features')}`,
  );
}

async function followLegacy(edit, block) {
  await edit(
    'packages/app-legacy/src/App.tsx',
    text =>
      block('legacy-app-import') +
      after(
        before(text, '</FlatRoutes>', block('legacy-app-route')),
        'createApp({\n',
        block('legacy-languages'),
      ),
  );
  await edit(
    'packages/app-legacy/src/components/catalog/EntityPage.tsx',
    text =>
      block('legacy-entity-import') +
      after(
        text.replaceAll(
          '</EntityLayout>',
          tag => `${block('legacy-entity-tab')}${tag}`,
        ),
        '{entityWarningContent}\n',
        block('legacy-entity-card'),
      ),
  );
  await edit(
    'packages/app-legacy/src/components/Root/Root.tsx',
    text =>
      block('legacy-sidebar-import') +
      before(text, '{/* End global nav */}', block('legacy-sidebar-item')),
  );
}

function before(text, place, code) {
  return insert(text, place, `${code}${place}`);
}

function after(text, place, code) {
  return insert(text, place, `${place}${code}`);
}

function insert(text, place, replacement) {
  if (!text.includes(place)) {
    throw new PlainError(`The portal of create-app has no ${place.trim()}`);
  }
  return text.replace(place, () => replacement);
}

function below(block, line) {
  return block.slice(block.indexOf(line) + line.length);
}
