// Runs the `main` that a TypeScript file exports, with the arguments that follow.
const [, , file, ...args] = process.argv;

require(file)
  .main(args)
  .catch(error => {
    console.error(error);
    process.exit(1);
  });
