import { convertLegacyRouteRef } from '@backstage/core-compat-api';
import {
  createComponentExtension,
  createRoutableExtension,
} from '@backstage/core-plugin-api';
import {
  entityChangesRouteRef,
  entityCopyRouteRef,
  entityEnvironmentsRouteRef,
  entityFilesRouteRef,
  entityModulesRouteRef,
  rootRouteRef,
} from '../routes';
import { slipwayPlugin } from './slipwayPlugin';
import { withView } from './withView';

/**
 * The pages below `/slipway`.
 *
 * @public
 */
export const SlipwayPage = slipwayPlugin.provide(
  createRoutableExtension({
    name: 'SlipwayPage',
    mountPoint: convertLegacyRouteRef(rootRouteRef),
    component: () =>
      import('../pages/SlipwayRouter').then(m => withView(m.SlipwayRouter)),
  }),
);

/**
 * The *Environments* tab of an entity page.
 *
 * @public
 */
export const EntitySlipwayEnvironmentsContent = slipwayPlugin.provide(
  createRoutableExtension({
    name: 'EntitySlipwayEnvironmentsContent',
    mountPoint: convertLegacyRouteRef(entityEnvironmentsRouteRef),
    component: () =>
      import('../environments/EntityEnvironments').then(m =>
        withView(m.EntityEnvironments),
      ),
  }),
);

/**
 * The *Modules* tab of an entity page.
 *
 * @public
 */
export const EntitySlipwayModulesContent = slipwayPlugin.provide(
  createRoutableExtension({
    name: 'EntitySlipwayModulesContent',
    mountPoint: convertLegacyRouteRef(entityModulesRouteRef),
    component: () =>
      import('../modules/EntityModules').then(m => withView(m.EntityModules)),
  }),
);

/**
 * The *Files* tab of an entity page.
 *
 * @public
 */
export const EntitySlipwayFilesContent = slipwayPlugin.provide(
  createRoutableExtension({
    name: 'EntitySlipwayFilesContent',
    mountPoint: convertLegacyRouteRef(entityFilesRouteRef),
    component: () =>
      import('../files/EntityFiles').then(m => withView(m.EntityFiles)),
  }),
);

/**
 * The *Changes* tab of an entity page.
 *
 * @public
 */
export const EntitySlipwayChangesContent = slipwayPlugin.provide(
  createRoutableExtension({
    name: 'EntitySlipwayChangesContent',
    mountPoint: convertLegacyRouteRef(entityChangesRouteRef),
    component: () =>
      import('../changes/list/EntityChanges').then(m =>
        withView(m.EntityChanges),
      ),
  }),
);

/**
 * The *Copy environment* tab of an entity page.
 *
 * @public
 */
export const EntitySlipwayCopyContent = slipwayPlugin.provide(
  createRoutableExtension({
    name: 'EntitySlipwayCopyContent',
    mountPoint: convertLegacyRouteRef(entityCopyRouteRef),
    component: () =>
      import('../copy/EntityCopy').then(m => withView(m.EntityCopy)),
  }),
);

/**
 * The card of an entity's overview. Shows nothing to people without the permission `slipway.view`.
 *
 * @public
 */
export const EntitySlipwayCard = slipwayPlugin.provide(
  createComponentExtension({
    name: 'EntitySlipwayCard',
    component: {
      lazy: () =>
        import('../entityCard/EntitySlipwayCard').then(m =>
          withView(m.EntitySlipwayCard, { quiet: true }),
        ),
    },
  }),
);
