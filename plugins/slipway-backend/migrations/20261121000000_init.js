// @ts-check

/**
 * Leases and the read model: a projection of Git and of the clusters that can be dropped and is then built anew.
 * Times are ISO 8601 in UTC; JSON is text, for both databases alike.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('read_model_sequence', table => {
    table.comment('One row: grows with every visible change of the read model');
    table.integer('id').primary();
    table.bigInteger('value').notNullable();
  });
  await knex('read_model_sequence').insert({ id: 1, value: 0 });

  await knex.schema.createTable('leases', table => {
    table.comment('Who works on what; the fence grows with every new holder');
    table.string('key').primary();
    table.string('holder').notNullable();
    table.bigInteger('fence').notNullable();
    table.string('expires_at').notNullable();
  });

  await knex.schema.createTable('cluster_engines', table => {
    table.comment('Connection to each sync engine of each cluster');
    table.string('cluster').notNullable();
    table.string('engine').notNullable();
    table.string('connection').notNullable();
    table.string('since').notNullable();
    table.text('reason');
    table.string('heard_at').comment('When it was last heard');
    table.string('engine_version');
    table.string('kubernetes_version');
    table.bigInteger('fence').notNullable();
    table
      .bigInteger('sequence')
      .notNullable()
      .comment('Of the last change of connection, not of the last word heard');
    table.primary(['cluster', 'engine']);
  });

  await knex.schema.createTable('engine_objects', table => {
    table.comment('Applications, Kustomizations, as last seen on a cluster');
    table.string('id', 700).primary();
    table.string('engine').notNullable();
    table.string('cluster').notNullable();
    table.string('namespace').notNullable();
    table.string('name').notNullable();
    table.string('uid').notNullable();
    table.string('resource_version').notNullable();
    table.text('data', 'longtext').notNullable();
    table.text('resources', 'longtext').notNullable();
    table.boolean('removed').notNullable().defaultTo(false);
    table.string('seen_at').notNullable();
    table.bigInteger('sequence').notNullable();
    table.index(['cluster', 'engine']);
    table.index(['sequence']);
  });

  await knex.schema.createTable('engine_object_sources', table => {
    table.comment('Which repositories an engine object reads');
    table.string('engine_object_id', 700).notNullable();
    table
      .string('repo_key', 1000)
      .notNullable()
      .comment('Normalized repository URL');
    table.primary(['engine_object_id', 'repo_key']);
    table.index(['repo_key']);
  });

  await knex.schema.createTable('config_repos', table => {
    table.string('name').primary();
    table.string('title');
    table.string('owner');
    table.text('stages').notNullable();
    table.string('state').notNullable();
    table.text('reason');
    table.string('last_reached_at');
    table.text('head').comment('CommitInfo of the branch head');
    table
      .bigInteger('refresh_requested')
      .notNullable()
      .defaultTo(0)
      .comment('Sequence of the last wish for a look at the remote');
    table.bigInteger('refresh_done').notNullable().defaultTo(0);
    table.text('findings', 'longtext').notNullable();
    table.bigInteger('sequence').notNullable();
  });

  await knex.schema.createTable('environments', table => {
    table.string('id', 700).primary().comment('<config repo>/<environment>');
    table.string('config_repo').notNullable();
    table.string('name', 600).notNullable();
    table.boolean('managed').notNullable();
    table.string('title');
    table.text('description');
    table.string('stage');
    table.integer('stage_order').notNullable();
    table.string('path', 1000).notNullable();
    table.string('owner');
    table.text('search_text').notNullable();
    table.integer('files');
    table.string('deploy_state').notNullable();
    table.integer('deploy_order').notNullable();
    table.string('deploy_since');
    table.text('deploy_reason');
    table.integer('module_total').notNullable();
    table.text('module_counts').notNullable();
    table.string('version');
    table.text('last_change');
    table.text('engine_objects').notNullable();
    table.text('findings', 'longtext').notNullable();
    table.bigInteger('sequence').notNullable();
    table.index(['config_repo', 'managed']);
    table.index(['managed', 'stage_order', 'name', 'id']);
  });

  await knex.schema.createTable('targets', table => {
    table.string('environment_id', 700).notNullable();
    table.integer('position').notNullable();
    table.string('cluster').notNullable();
    table.string('namespace').notNullable();
    table
      .string('engine_cluster')
      .comment('Where the engine that delivers to this target lives');
    table.string('engine');
    table.primary(['environment_id', 'cluster', 'namespace']);
    table.index(['cluster']);
  });

  await knex.schema.createTable('modules', table => {
    table.string('id', 1000).primary().comment('<environment id>/<module>');
    table.string('environment_id', 700).notNullable();
    table.string('config_repo').notNullable();
    table.string('name', 600).notNullable();
    table.string('title');
    table.text('description');
    table.string('owner');
    table.string('entity_ref');
    table.string('path', 1000).notNullable();
    table.string('object_id').comment('Tree or blob id at the branch head');
    table.text('images').notNullable();
    table.text('last_change');
    table.text('states', 'longtext').notNullable().comment('ModuleState[]');
    table.bigInteger('sequence').notNullable();
    table.index(['environment_id', 'name']);
    table.index(['config_repo', 'name']);
  });

  await knex.schema.createTable('module_engine_objects', table => {
    table.string('module_id', 1000).notNullable();
    table.string('engine_object_id', 700).notNullable();
    table.string('config_repo').notNullable();
    table.primary(['module_id', 'engine_object_id']);
    table.index(['engine_object_id']);
    table.index(['config_repo']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'module_engine_objects',
    'modules',
    'targets',
    'environments',
    'config_repos',
    'engine_object_sources',
    'engine_objects',
    'cluster_engines',
    'leases',
    'read_model_sequence',
  ]) {
    await knex.schema.dropTable(table);
  }
};
