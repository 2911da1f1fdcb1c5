export interface Config {
  /** Slipway: GitOps delivery. What is here, authors of config repos cannot weaken. */
  slipway?: {
    /** Git repositories that hold deployable manifests. */
    configRepos?: Array<{
      /**
       * What the config repo is called in URLs and annotations: lower case letters, digits and `-`, at most 63. Keep it.
       * @visibility backend
       */
      name: string;
      /**
       * HTTP(S) URL, without credentials: those come from `integrations` for its host.
       * @visibility backend
       */
      url: string;
      /**
       * Branch that holds what is deployed. Default `main`.
       * @visibility backend
       */
      branch?: string;
      refresh?: {
        /**
         * How often to look whether the branch moved; a push webhook makes it known at once. Default 1.
         * @visibility backend
         */
        minutes?: number;
      };
      /**
       * How changes get into the branch. Default `push`.
       * @visibility backend
       */
      delivery?: 'push' | 'pullRequest';
      /**
       * What to do about changes with new or changed values of Secrets that anyone could read in Git: refuse them, warn of
       * them, or let them pass. Values that were there before, and what SOPS encrypted, always pass. Default `refuse`.
       * @visibility backend
       */
      plainSecrets?: 'refuse' | 'warn' | 'allow';
    }>;

    /** How commits are made. Their author is the person who asked for the change. */
    git?: {
      committer?: {
        /**
         * Name of the committer. Default `Slipway`.
         * @visibility backend
         */
        name?: string;
        /**
         * Address of the committer, as the forge knows it. Default `slipway@users.noreply.slipway.invalid`.
         * @visibility backend
         */
        email?: string;
      };
      /**
       * File that holds the SSH private key that commits are signed with: ed25519 or RSA, in the form of OpenSSH or PEM, without a
       * passphrase. Without one commits are not signed.
       * @visibility backend
       */
      signingKeyFile?: string;
      /**
       * The key itself, instead of `signingKeyFile`. Pass it through the environment.
       * @visibility secret
       */
      signingKey?: string;
    };

    /** How changes are followed from the branch to their targets. */
    follow?: {
      /**
       * After so long a target that is not live counts as timed out. Default 10.
       * @visibility backend
       */
      timeoutMinutes?: number;
      /**
       * How long a sync engine must say the same before it counts as the end of a change. Default 5.
       * @visibility backend
       */
      settleSeconds?: number;
    };

    /** Kubernetes clusters that environments target. */
    clusters?: Array<{
      /**
       * What `targets` of environments call the cluster: lower case letters, digits and `-`, at most 63. Keep it.
       * @visibility backend
       */
      name: string;
      /**
       * What people call it. Default: its name.
       * @visibility backend
       */
      title?: string;
      /**
       * Kinds of the sync engines that run on it, each from a backend module of its own: `argocd`, `flux`.
       * Leave it out where the engine of another cluster delivers to it.
       * @visibility backend
       */
      engines?: string[];
      /**
       * Further names and API server URLs by which engines on other clusters call this one.
       * @visibility backend
       */
      aliases?: string[];
      /**
       * How to sign in to its API server. Needed where engines run on it.
       */
      auth?:
        | {
            /** @visibility backend */
            type: 'serviceAccount';
            /**
             * API server URL, https.
             * @visibility backend
             */
            server: string;
            /**
             * File that holds the token; read again for every connection, so that it may be rotated.
             * @visibility backend
             */
            tokenFile?: string;
            /**
             * The token itself, instead of `tokenFile`. Pass it through the environment.
             * @visibility secret
             */
            token?: string;
            /**
             * PEM file with the authority that signed the server's certificate.
             * @visibility backend
             */
            caFile?: string;
            /**
             * The same as text, instead of `caFile`.
             * @visibility backend
             */
            ca?: string;
          }
        | {
            /** @visibility backend */
            type: 'clientCertificate';
            /**
             * API server URL, https.
             * @visibility backend
             */
            server: string;
            /**
             * PEM file with the certificate that Slipway shows; read again for every connection, so that it may be rotated.
             * @visibility backend
             */
            certFile: string;
            /**
             * PEM file with its private key.
             * @visibility backend
             */
            keyFile: string;
            /**
             * PEM file with the authority that signed the server's certificate.
             * @visibility backend
             */
            caFile?: string;
            /**
             * The same as text, instead of `caFile`.
             * @visibility backend
             */
            ca?: string;
          }
        | {
            /**
             * As the portal's Kubernetes plugin signs in to a cluster that `kubernetes.clusterLocatorMethods` lists with a
             * service account token.
             * @visibility backend
             */
            type: 'kubernetesPlugin';
            /**
             * Its name there. Default: the same as here.
             * @visibility backend
             */
            cluster?: string;
          }
        | {
            /** @visibility backend */
            type: 'kubeconfig';
            /**
             * Path of the kubeconfig file.
             * @visibility backend
             */
            file: string;
            /**
             * Context in it. Default: its current one.
             * @visibility backend
             */
            context?: string;
          }
        | {
            /**
             * The cluster that the portal itself runs in, by its pod's service account.
             * @visibility backend
             */
            type: 'inCluster';
          };
      /**
       * Settings of the Argo CD engine on this cluster; see its module.
       */
      argocd?: object;
      /**
       * Settings of the Flux engine on this cluster; see its module.
       */
      flux?: object;
    }>;

    /**
     * Folder for the object caches of config repos, of this portal alone. They may be lost: the next look fetches anew.
     * Default: a folder of its own below `backend.workingDirectory`, else below the system's temporary folder.
     * @visibility backend
     */
    cacheDirectory?: string;

    /** What holds everywhere, whatever config repos say. */
    policy?: {
      /** Approvals that changes to these stages need at least. */
      floor?: Array<{
        /**
         * Stages it holds for.
         * @visibility backend
         */
        stages: string[];
        /** Roles that must approve. */
        require: Array<{
          /**
           * Name of the role, as approvals show it.
           * @visibility backend
           */
          role: string;
          /**
           * Entity ref of the group whose members may give it. Default: the one that the config repo names for the role.
           * @visibility backend
           */
          group?: string;
          /**
           * How many people. Default 1.
           * @visibility backend
           */
          count?: number;
        }>;
      }>;
      /**
       * What to do with commits whose author cannot be tied to a person: ask for one more approval, or let none through.
       * Default `extraApproval`.
       * @visibility backend
       */
      unknownAuthors?: 'extraApproval' | 'block';
    };

    /**
     * Entity refs of the people and groups who may do everything in Slipway.
     * @visibility backend
     */
    administrators?: string[];
  };
}
