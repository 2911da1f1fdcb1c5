export class Children {
  /** @param logs the folder for what they say */
  constructor(logs: string);

  /** Stops all of them, the last that was started first. */
  stop(): Promise<void>;
}
