/** A failure that one sentence explains: printed without a stack trace. */
export class PlainError extends Error {}

/**
 * Runs a command line program and turns its failure into an exit code.
 * @param {() => Promise<number | void>} program
 */
export async function main(program) {
  try {
    process.exitCode = (await program()) ?? 0;
  } catch (error) {
    console.error(
      error instanceof PlainError
        ? `\n${error.message}`
        : error?.stack ?? error,
    );
    process.exitCode = 1;
  }
}
