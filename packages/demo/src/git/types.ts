/** A ref that a push moved; an id of zeros means that the ref was not there before or is gone now. */
export interface PushEvent {
  /** Name without `.git`. */
  repository: string;
  ref: string;
  before: string;
  after: string;
}

/** What a client sends as basic authentication. */
export interface GitCredentials {
  username: string;
  password: string;
}
