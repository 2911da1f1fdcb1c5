import type { CarryingObject } from './moduleStates';

/** The tag that all images with a tag share. */
export function sharedTag(images: string[]): string | undefined {
  const tags = new Set(
    images.map(
      image => /:([^:/@]+)(@.*)?$/.exec(image.split('@')[0])?.[1] ?? '',
    ),
  );
  const [tag] = tags;
  return tags.size === 1 && tag ? tag : undefined;
}

/** The tag that a module's images share, else the one chart that its engine objects install. */
export function moduleVersion(
  images: string[],
  carriers: CarryingObject[],
): string | undefined {
  const charts = new Set(
    carriers
      .flatMap(carrier => carrier.object.sources)
      .flatMap(({ chart, targetRevision }) =>
        chart ? [[chart, targetRevision].filter(Boolean).join(' ')] : [],
      ),
  );
  const [chart] = charts;
  return sharedTag(images) ?? (charts.size === 1 ? chart : undefined);
}
