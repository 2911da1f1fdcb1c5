import { isObject } from './render/strategicMerge';
import { KubernetesObject } from './types';

/** Every container image that an object names, in order, each once. */
export function imagesOf(object: KubernetesObject): string[] {
  const images = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      value.forEach(visit);
    } else if (isObject(value)) {
      for (const [key, child] of Object.entries(value)) {
        if (/^(initC|c)ontainers$/.test(key) && Array.isArray(child)) {
          for (const container of child) {
            if (isObject(container) && typeof container.image === 'string') {
              images.add(container.image);
            }
          }
        } else {
          visit(child);
        }
      }
    }
  };
  visit(object.spec);
  return [...images];
}
