import { Lab } from './Lab';

/** Where everything of a running lab is. */
export interface LabDescription {
  git: string;
  clusters: Record<
    string,
    {
      url: string;
      engines: string[];
      caFile: string;
      adminKubeconfig: string;
      slipwayKubeconfig: string;
      slipwayTokenFile: string;
    }
  >;
  argoCds: Record<string, { url: string; adminToken: string }>;
}

/** Tells where everything of a running lab is. */
export function describeLab(lab: Lab): LabDescription {
  const clusters = [...lab.clusters.values()].map(
    ({
      name,
      url,
      caFile,
      adminKubeconfig,
      slipwayKubeconfig,
      slipwayTokenFile,
    }) => [
      name,
      {
        url,
        engines: [
          ...(lab.argoCds.has(name) ? ['argocd'] : []),
          ...(lab.fluxes.has(name) ? ['flux'] : []),
        ],
        caFile,
        adminKubeconfig,
        slipwayKubeconfig,
        slipwayTokenFile,
      },
    ],
  );
  const argoCds = [...lab.argoCds].map(([name, { url, adminToken }]) => [
    name,
    { url, adminToken },
  ]);
  return {
    git: lab.git.url,
    clusters: Object.fromEntries(clusters),
    argoCds: Object.fromEntries(argoCds),
  };
}
