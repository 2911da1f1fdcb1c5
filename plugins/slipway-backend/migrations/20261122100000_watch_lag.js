// @ts-check

/**
 * How long what engines say takes into the read model.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('cluster_engines', table => {
    table
      .integer('lag_milliseconds')
      .comment('The longest that something waited lately');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('cluster_engines', table => {
    table.dropColumn('lag_milliseconds');
  });
};
