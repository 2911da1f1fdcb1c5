/** A failure that one sentence explains to the person who runs the lab. */
export class LabError extends Error {}
