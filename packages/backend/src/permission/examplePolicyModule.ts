import { createBackendModule } from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { ExamplePolicy } from './examplePolicy';
import { exampleGrants } from './exampleGrants';

/** Installs {@link ExamplePolicy} with the grants of the example people. */
export const examplePolicyModule = createBackendModule({
  pluginId: 'permission',
  moduleId: 'example-policy',
  register(reg) {
    reg.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        policy.setPolicy(ExamplePolicy.create(exampleGrants));
      },
    });
  },
});
