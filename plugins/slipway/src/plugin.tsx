import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import DirectionsBoat from '@material-ui/icons/DirectionsBoat';
import {
  SlipwayClient,
  slipwayViewPermission,
} from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from './api';
import { mayHaveEnvironments } from './entityFilter';
import {
  entityChangesRouteRef,
  entityCopyRouteRef,
  entityEnvironmentsRouteRef,
  entityFilesRouteRef,
  entityModulesRouteRef,
  rootRouteRef,
} from './routes';

/** Nobody sees a tab, card or page of the plugin without this permission. */
const mayView = { permissions: { $contains: slipwayViewPermission.name } };

const api = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: slipwayApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => SlipwayClient.create(deps),
    }),
});

const entityEnvironments = EntityContentBlueprint.make({
  name: 'environments',
  if: mayView,
  params: {
    path: '/environments',
    title: 'Environments',
    group: 'deployment',
    filter: mayHaveEnvironments,
    routeRef: entityEnvironmentsRouteRef,
    loader: () =>
      import('./environments/EntityEnvironments').then(m => (
        <m.EntityEnvironments />
      )),
  },
});

const entityModules = EntityContentBlueprint.make({
  name: 'modules',
  if: mayView,
  params: {
    path: '/modules',
    title: 'Modules',
    group: 'deployment',
    filter: mayHaveEnvironments,
    routeRef: entityModulesRouteRef,
    loader: () =>
      import('./modules/EntityModules').then(m => <m.EntityModules />),
  },
});

const entityFiles = EntityContentBlueprint.make({
  name: 'files',
  if: mayView,
  params: {
    path: '/files',
    title: 'Files',
    group: 'deployment',
    filter: mayHaveEnvironments,
    routeRef: entityFilesRouteRef,
    loader: () => import('./files/EntityFiles').then(m => <m.EntityFiles />),
  },
});

const entityChanges = EntityContentBlueprint.make({
  name: 'changes',
  if: mayView,
  params: {
    path: '/changes',
    title: 'Changes',
    group: 'deployment',
    filter: mayHaveEnvironments,
    routeRef: entityChangesRouteRef,
    loader: () =>
      import('./changes/list/EntityChanges').then(m => <m.EntityChanges />),
  },
});

const entityCopy = EntityContentBlueprint.make({
  name: 'copy',
  if: mayView,
  params: {
    path: '/copy-environment',
    title: 'Copy environment',
    group: 'deployment',
    filter: mayHaveEnvironments,
    routeRef: entityCopyRouteRef,
    loader: () => import('./copy/EntityCopy').then(m => <m.EntityCopy />),
  },
});

const entityCard = EntityCardBlueprint.make({
  name: 'environments',
  if: mayView,
  params: {
    type: 'info',
    filter: mayHaveEnvironments,
    loader: () =>
      import('./entityCard/EntitySlipwayCard').then(m => (
        <m.EntitySlipwayCard />
      )),
  },
});

const page = PageBlueprint.make({
  if: mayView,
  params: {
    path: '/slipway',
    title: 'Slipway',
    icon: <DirectionsBoat fontSize="inherit" />,
    routeRef: rootRouteRef,
    noHeader: true,
    loader: () =>
      import('./pages/SlipwayRouter').then(m => <m.SlipwayRouter />),
  },
});

/**
 * GitOps delivery on catalog entities: the *Environments*, *Modules*, *Files*, *Changes* and *Copy environment* tabs, the overview card, and the pages below `/slipway`.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'slipway',
  title: 'Slipway',
  icon: <DirectionsBoat fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  extensions: [
    api,
    entityEnvironments,
    entityModules,
    entityFiles,
    entityChanges,
    entityCopy,
    entityCard,
    page,
  ],
  routes: {
    root: rootRouteRef,
    entityChanges: entityChangesRouteRef,
    entityCopy: entityCopyRouteRef,
    entityEnvironments: entityEnvironmentsRouteRef,
    entityFiles: entityFilesRouteRef,
    entityModules: entityModulesRouteRef,
  },
});
