module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  tsRules: { '@typescript-eslint/no-explicit-any': 'error' },
});
