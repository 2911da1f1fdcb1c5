export interface Config {
  slipway?: {
    clusters?: Array<{
      /** Settings of the Argo CD that runs on this cluster. */
      argocd?: {
        /**
         * Namespaces that hold Applications. Default: all of them, or `argocd` where the account may not list all.
         * @visibility backend
         */
        namespaces?: string[];
        /**
         * URL of Argo CD's own user interface, for links to it. Default: no links.
         * @visibility backend
         */
        url?: string;
        /** Argo CD's own API, asked for the health of single resources and for what a sync would do when someone looks at a module. */
        api?: {
          /** @visibility backend */
          url: string;
          /** @visibility secret */
          token?: string;
          /**
           * Read again for every request.
           * @visibility backend
           */
          tokenFile?: string;
          /** @visibility backend */
          caFile?: string;
        };
      };
    }>;
  };
}
