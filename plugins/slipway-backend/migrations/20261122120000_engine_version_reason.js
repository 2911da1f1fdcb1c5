// @ts-check

/**
 * Why the version of an engine cannot be known.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('cluster_engines', table => {
    table
      .text('engine_version_reason')
      .comment('JSON; null while the version is known or was not asked for');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('cluster_engines', table => {
    table.dropColumn('engine_version_reason');
  });
};
