import { Link } from '@backstage/core-components';
import type { EngineObjectDetails } from '@slipway/backstage-plugin-slipway-common';
import { engineObjectName, Hint } from '../status';
import { useText } from '../translation';

type Maker = NonNullable<EngineObjectDetails['madeBy']>;

/** As people find it: `ApplicationSet argocd/shop @ centre`, as far as it is known. */
function makerName({ cluster, kind, name, namespace }: Maker): string {
  const place = namespace ? `${namespace}/${name}` : name;
  return cluster ? `${kind} ${place} @ ${cluster}` : `${kind} ${place}`;
}

function MakerName(props: { maker: Maker }) {
  const { maker } = props;
  const t = useText();
  const name = makerName(maker);
  return (
    <Hint hint={t('module.madeByHint')} interactiveChild={Boolean(maker.url)}>
      {maker.url ? <Link to={maker.url}>{name}</Link> : name}
    </Hint>
  );
}

/** What made the engine objects, each maker once; which ones it made, where it is not all of them. */
export function MadeBy(props: { engineObjects: EngineObjectDetails[] }) {
  const { engineObjects } = props;
  const byMaker = new Map<string, { maker: Maker; made: string[] }>();
  for (const { madeBy, ref } of engineObjects) {
    if (madeBy) {
      const id = makerName(madeBy);
      const { made } = byMaker.get(id) ?? { made: [] };
      byMaker.set(id, {
        maker: madeBy,
        made: [...made, engineObjectName(ref)],
      });
    }
  }
  return (
    <>
      {[...byMaker].map(([id, { made, maker }], index) => (
        <span key={id}>
          {index > 0 && ', '}
          <MakerName maker={maker} />
          {made.length < engineObjects.length && ` (${made.join(', ')})`}
        </span>
      ))}
    </>
  );
}
