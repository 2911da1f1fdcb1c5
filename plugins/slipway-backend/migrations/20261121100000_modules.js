// @ts-check

/**
 * What modules are found by across environments. Rows that are there are written anew at the next start.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('modules', table => {
    table.string('worst_health').notNullable().defaultTo('Unknown');
    table.string('worst_sync').notNullable().defaultTo('Unknown');
    table.string('worst_file_sync').notNullable().defaultTo('Unknown');
    table.string('version', 1000);
    table.text('search_text').notNullable().defaultTo('');
    // Covers what counting by state reads, so that the wide rows are left alone.
    table.index(
      [
        'environment_id',
        'name',
        'id',
        'worst_health',
        'worst_sync',
        'worst_file_sync',
      ],
      'modules_found_index',
    );
  });
  await knex.schema.alterTable('environments', table => {
    table.index(['stage_order', 'name', 'id'], 'environments_order_index');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('environments', table => {
    table.dropIndex([], 'environments_order_index');
  });
  await knex.schema.alterTable('modules', table => {
    table.dropIndex([], 'modules_found_index');
  });
  await knex.schema.alterTable('modules', table => {
    table.dropColumns(
      'worst_health',
      'worst_sync',
      'worst_file_sync',
      'version',
      'search_text',
    );
  });
};
