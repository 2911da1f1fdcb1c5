// @ts-check

/**
 * Changes and how they got into the branch. No projection: what is here is nowhere else.
 * Times are ISO 8601 in UTC; JSON is text, for both databases alike.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('changes', table => {
    table.comment('Every write to a config repo, asked for by a person');
    table.increments('id');
    table.string('config_repo').notNullable();
    table.string('kind').notNullable();
    table.string('state').notNullable();
    table.string('since').notNullable();
    table.text('reason').comment('Why it failed');
    table.string('title', 1000).notNullable();
    table.text('message').notNullable();
    table.text('change_reason').comment('In the words of the person');
    table.string('author_name', 500).notNullable();
    table.string('author_email', 500).notNullable();
    table.string('author_ref', 500).notNullable();
    table.string('requested_at').notNullable();
    table.string('idempotency_key');
    table.string('base').notNullable().comment('Commit it was planned on');
    table.string('digest').notNullable();
    table.string('commit').comment('Once it is in the branch');
    table.integer('undoes').comment('The change that it rolls back');
    table
      .text('granted', 'longtext')
      .comment('What the gate let through: environments, and more');
    table.text('steps').notNullable().comment('What happened, in order');
    table
      .text('search_text')
      .notNullable()
      .comment('Message and author in lower case');
    table
      .string('notified_at')
      .comment('When its end was told; absent: it is still to be followed');
    table.bigInteger('sequence').notNullable();
    table.unique(['config_repo', 'author_ref', 'idempotency_key']);
    table.index(['config_repo', 'state']);
    table.index(['config_repo', 'id']);
    table.index(['config_repo', 'commit']);
    table.index(['undoes']);
    table.index(['config_repo', 'notified_at']);
  });

  await knex.schema.createTable('change_files', table => {
    table.comment('One operation each');
    table.integer('change_id').notNullable();
    table.integer('position').notNullable();
    table.text('operation').notNullable().comment('Without its content');
    table
      .binary('content')
      .comment('Until the push has ended: secrets must not stay here');
    table.text('planned', 'longtext').notNullable();
    table
      .text('places')
      .notNullable()
      .comment('What its old and new path are part of: who may read of it');
    table.primary(['change_id', 'position']);
  });

  await knex.schema.createTable('change_attempts', table => {
    table.comment('Commits, each recorded before it is sent');
    table.integer('change_id').notNullable();
    table.integer('number').notNullable();
    table.string('base').notNullable();
    table.string('commit').notNullable();
    table.string('at').notNullable();
    table.string('result').notNullable();
    table.text('words').comment('What the server said');
    table.primary(['change_id', 'number']);
    table.index(['commit']);
  });

  await knex.schema.createTable('change_modules', table => {
    table.comment('What a change touches, whether it has targets or not');
    table.integer('change_id').notNullable();
    table.string('environment_id', 700).notNullable();
    table.string('environment', 600).notNullable();
    table
      .string('module', 600)
      .comment("Absent: the environment's own file below .slipway/");
    table.boolean('shared').notNullable();
    table.index(['change_id', 'environment_id']);
    table.index(['environment', 'module', 'change_id']);
  });

  await knex.schema.createTable('change_targets', table => {
    table.comment('What a change touches, each module on each target');
    table.integer('change_id').notNullable();
    table.string('environment', 600).notNullable();
    table.string('module', 600).notNullable();
    table.boolean('shared').notNullable();
    table.string('cluster').notNullable();
    table.string('namespace').notNullable();
    table.string('state').notNullable().defaultTo('Waiting');
    table.string('since').notNullable();
    table.text('reason').comment('Why it is so, or why it waits');
    table
      .boolean('ended')
      .notNullable()
      .defaultTo(false)
      .comment('Nothing is followed there any more');
    table.index(['change_id']);
    table.index(['environment', 'module']);
  });

  await knex.schema.createTable('change_heads', table => {
    table.comment('Up to where commits past Slipway were looked for');
    table.string('config_repo').primary();
    table.string('commit').notNullable();
    table.string('at').notNullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('change_heads');
  await knex.schema.dropTable('change_targets');
  await knex.schema.dropTable('change_modules');
  await knex.schema.dropTable('change_attempts');
  await knex.schema.dropTable('change_files');
  await knex.schema.dropTable('changes');
};
