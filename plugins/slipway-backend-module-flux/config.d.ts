export interface Config {
  slipway?: {
    clusters?: Array<{
      /** Settings of the Flux that runs on this cluster. */
      flux?: {
        /**
         * Namespaces that hold Kustomizations, HelmReleases and their sources. Default: all of them, or `flux-system` where the
         * account may not list all.
         * @visibility backend
         */
        namespaces?: string[];
      };
    }>;
  };
}
