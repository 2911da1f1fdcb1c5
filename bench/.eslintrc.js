// In no workspace, so the role is said here.
module.exports =
  require('@backstage/cli/config/eslint-factory').createConfigForRole(
    __dirname,
    'cli',
    { tsRules: { '@typescript-eslint/no-explicit-any': 'error' } },
  );
