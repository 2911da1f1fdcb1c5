// Preloaded into what we start. Standard input is a pipe from the parent that
// nobody writes to: it ends when the parent is gone, however that came about.
const { isMainThread } = require('node:worker_threads');

const GRACE_MS = 5_000;

// Workers preload it too, and their standard input ends at once.
if (isMainThread) {
  process.stdin.on('end', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(1), GRACE_MS);
  });
  process.stdin.on('error', () => {});
  process.stdin.resume();
  process.stdin.unref?.();
}
