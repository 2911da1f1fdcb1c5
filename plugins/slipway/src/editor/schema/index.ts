export { kubernetesSchema } from './kubernetesSchema';
export { clusterSchemas } from './rememberedSchemas';
export { schemaTheme } from './schemaTheme';
