// @ts-check

/**
 * What copies of environments came to, file by file; no projection either.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('change_copies', table => {
    table.comment('Of changes that copy an environment');
    table.integer('change_id').primary();
    table.string('source').notNullable().comment('Name of an environment');
    table.string('target').notNullable().comment('Name of an environment');
    table.text('rules', 'longtext').notNullable();
    table
      .text('result', 'longtext')
      .notNullable()
      .comment('Files that were not copied, and why, are only here');
    table.index(['source', 'target']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('change_copies');
};
