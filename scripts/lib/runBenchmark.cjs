// Runs one bench/<name>/run.ts and prints what it measured.
async function main() {
  const { run } = require(process.argv[2]);
  for (const { name, value, unit, target, verdict } of await run()) {
    const shown = typeof value === 'number' ? Number(value.toFixed(4)) : value;
    console.log(
      `RESULT name=${name} value=${shown}${
        unit ?? ''
      } target=${target} verdict=${verdict}`,
    );
  }
}

main().then(
  () => process.exit(0),
  error => {
    console.error(error);
    process.exit(1);
  },
);
