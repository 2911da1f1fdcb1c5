export interface Config {
  slipway?: {
    /**
     * Where the portal's people read how to set up a config repo: a path in the portal, such as a TechDocs page, or a URL.
     * Empty lists link to it.
     *
     * @visibility frontend
     */
    docsUrl?: string;
  };
}
