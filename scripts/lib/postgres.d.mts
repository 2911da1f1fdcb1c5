export type Postgres = { url: string; stop(): Promise<void> };

/** Starts a PostgreSQL of our own on loopback, with its files in this folder. */
export function startPostgres(folder: string): Promise<Postgres>;
