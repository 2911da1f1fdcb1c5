const ORPHAN_CHECK_MS = 1_000;

/**
 * Resolves on Ctrl-C, on SIGTERM, and when the npm that runs this is gone.
 * @returns {Promise<void>}
 */
export function untilStopped() {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => resolve());
    }
    if (process.env.npm_lifecycle_event) {
      const parent = process.ppid;
      setInterval(() => {
        if (process.ppid !== parent) {
          resolve();
        }
      }, ORPHAN_CHECK_MS).unref();
    }
  });
}
