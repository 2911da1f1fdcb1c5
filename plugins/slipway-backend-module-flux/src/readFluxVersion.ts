import {
  type EngineVersion,
  engineVersionNotTold,
  engineVersionProblem,
  type KubernetesConnection,
  labelledVersion,
} from '@slipway/backstage-plugin-slipway-node';

/** Where `flux version` reads it as well, wherever Flux runs and whatever its controllers are called. */
const DEFINITION = 'gitrepositories.source.toolkit.fluxcd.io';
const TITLE = `CustomResourceDefinition ${DEFINITION}`;

/** The version of the Flux distribution that is installed. */
export async function readFluxVersion(
  connection: KubernetesConnection,
  signal: AbortSignal,
): Promise<EngineVersion> {
  try {
    const definition = await connection.getObject({
      group: 'apiextensions.k8s.io',
      version: 'v1',
      resource: 'customresourcedefinitions',
      name: DEFINITION,
      signal,
    });
    const version = labelledVersion(definition);
    return version ? { engineVersion: version } : engineVersionNotTold(TITLE);
  } catch (error) {
    return engineVersionProblem(error, TITLE);
  }
}
