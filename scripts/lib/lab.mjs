import { fromRoot } from './paths.mjs';
import { typescriptArgs } from './typescript.mjs';

/**
 * Starts a lab and says how that goes.
 * @param {{
 *   children: import('./Children.mjs').Children, node: import('./portal.d.mts').SupportedNode,
 *   clusters?: string, folder?: string, onDeath: (reason: string) => void,
 * }} options `folder` is for what runs, and hides the lab from other terminals
 * @returns {Promise<{
 *   lab: import('./lab.d.mts').RunningLab, control: { url: string, token: string }, ended: Promise<void>,
 * }>} where everything is, and where the lab takes orders; `ended` resolves when it was told to stop
 */
export function startLab({ children, node, clusters, folder, onDeath }) {
  return new Promise(resolve => {
    const failures = [];
    let end;
    const ended = new Promise(done => {
      end = done;
    });
    children.start({
      name: 'lab',
      executable: node.executable,
      args: [
        ...typescriptArgs,
        fromRoot('scripts', 'lib', 'runMain.cjs'),
        fromRoot('packages', 'lab', 'src', 'cli.ts'),
        'start',
        ...(clusters === undefined ? [] : [clusters]),
        ...(folder === undefined ? [] : ['--folder', folder]),
      ],
      cwd: fromRoot('packages', 'lab'),
      env: node.env,
      onLine: line => {
        if (line.startsWith('{"ready":true')) {
          const { lab, control } = JSON.parse(line);
          resolve({ lab, control, ended });
        } else if (line === 'stopped') {
          end();
        } else if (/^[·✔ ]/.test(line)) {
          console.log(line);
        } else {
          failures.push(line);
        }
      },
      // What one sentence explains is said as one.
      onDeath: reason => onDeath(failures.length === 1 ? failures[0] : reason),
    });
  });
}
