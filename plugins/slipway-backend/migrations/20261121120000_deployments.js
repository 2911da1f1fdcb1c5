// @ts-check

/**
 * What landed in modules. No projection: engines forget what is kept here.
 * Times are ISO 8601 in UTC; JSON is text, for both databases alike.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('deployments', table => {
    table.comment(
      'Operations of engine objects, one row for each module that one delivered',
    );
    table.increments('id');
    table.string('config_repo').notNullable();
    table.string('environment', 600).notNullable();
    table.string('module', 600).notNullable();
    table.string('cluster').notNullable();
    table.string('namespace').notNullable();
    table.string('engine_object_id', 700).notNullable();
    table.text('engine_object').notNullable().comment('EngineObjectRef');
    table.string('started_at').notNullable();
    table.string('finished_at');
    table.string('phase').notNullable();
    table.text('message');
    table.string('initiated_by', 500);
    table.string('revision');
    table
      .string('module_commit')
      .comment('Last commit up to the revision that changed the module');
    table.text('images').comment('Where the engine object carries one module');
    table.bigInteger('sequence').notNullable();
    table.unique(
      [
        'engine_object_id',
        'started_at',
        'config_repo',
        'environment',
        'module',
      ],
      { indexName: 'deployments_operation_unique' },
    );
    table.index(
      ['config_repo', 'environment', 'module', 'started_at', 'id'],
      'deployments_module_index',
    );
    table.index(['engine_object_id', 'phase'], 'deployments_open_index');
    table.index(['config_repo', 'started_at'], 'deployments_age_index');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('deployments');
};
