import {
  createRouteRef,
  createSubRouteRef,
} from '@backstage/frontend-plugin-api';

/** `/slipway`. */
export const rootRouteRef = createRouteRef();

/** All config repos. */
export const configReposRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/config-repos',
});

/** One config repo. */
export const configRepoRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/config-repos/:configRepo',
});

/** All clusters. */
export const clustersRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/clusters',
});

/** One cluster. */
export const clusterRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/clusters/:cluster',
});

/** One environment. */
export const environmentRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/environments/:configRepo/:environment',
});

/** One module of an environment. */
export const moduleRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/environments/:configRepo/:environment/modules/:module',
});

/** The files of one environment. */
export const environmentFilesRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/environments/:configRepo/:environment/files',
});

/** One environment beside another of the same config repo, which `?other=` names. */
export const environmentCompareRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/environments/:configRepo/:environment/compare',
});

/** The copy of one environment to another of the same config repo. */
export const environmentCopyRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/environments/:configRepo/:environment/copy',
});

/** All changes. */
export const changesRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/changes',
});

/** One change. */
export const changeRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/changes/:change',
});

/** The *Environments* tab of a catalog entity. */
export const entityEnvironmentsRouteRef = createRouteRef();

/** The *Modules* tab of a catalog entity. */
export const entityModulesRouteRef = createRouteRef();

/** The *Files* tab of a catalog entity. */
export const entityFilesRouteRef = createRouteRef();

/** The *Changes* tab of a catalog entity. */
export const entityChangesRouteRef = createRouteRef();

/** The *Copy environment* tab of a catalog entity. */
export const entityCopyRouteRef = createRouteRef();
