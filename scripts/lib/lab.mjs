import { fromRoot } from './paths.mjs';
import { typescriptArgs } from './typescript.mjs';

/**
 * Starts a lab and says how that goes.
 * @param {{
 *   children: import('./Children.mjs').Children, node: import('./portal.d.mts').SupportedNode,
 *   clusters?: string, onDeath: (reason: string) => void,
 * }} options
 * @returns {Promise<{ lab: any, ended: Promise<void> }>} where everything is, as `describeLab` of packages/lab
 *   tells; `ended` resolves when the lab was told to stop
 */
export function startLab({ children, node, clusters, onDeath }) {
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
      ],
      cwd: fromRoot('packages', 'lab'),
      env: node.env,
      onLine: line => {
        if (line.startsWith('{"ready":true')) {
          resolve({ lab: JSON.parse(line).lab, ended });
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
