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
        /**
         * Name of the application controller's StatefulSet or Deployment, which tells Argo CD's version.
         * Default: `argocd-application-controller`. A name of its own must be allowed in the cluster's RBAC as well.
         * @visibility backend
         */
        controller?: string;
        /** Argo CD's own API, asked for its version, and for the health of single resources and what a sync would do when someone looks at a module. */
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
