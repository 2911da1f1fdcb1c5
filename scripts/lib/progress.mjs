const REPEAT_MS = 15_000;

/** @param {number} since a `Date.now()` */
export function elapsed(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

/**
 * Says what is being done, every few seconds that it still is, and how long it took.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const since = Date.now();
  console.log(`· ${title} …`);
  const timer = setInterval(
    () => console.log(`  ${title}: ${elapsed(since)}`),
    REPEAT_MS,
  );
  try {
    const result = await work();
    console.log(`✔ ${title} (${elapsed(since)})`);
    return result;
  } catch (error) {
    console.log(`✖ ${title} (${elapsed(since)})`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}
