import type {
  ComparedEnvironment,
  ComparisonState,
} from '@slipway/backstage-plugin-slipway-common';
import type { Text } from '../translation';

/** The two environments of a comparison, and what people call them. */
export interface Sides {
  configRepo: string;
  /** Names, for links. */
  left: string;
  right: string;
  leftTitle: string;
  rightTitle: string;
}

/** Two environments may have the same title: then their names tell them apart. */
export function sidesOf(
  configRepo: string,
  left: ComparedEnvironment,
  right: ComparedEnvironment,
): Sides {
  const leftTitle = left.title ?? left.name;
  const rightTitle = right.title ?? right.name;
  const alike = leftTitle === rightTitle;
  return {
    configRepo,
    left: left.name,
    right: right.name,
    leftTitle: alike ? `${leftTitle} (${left.name})` : leftTitle,
    rightTitle: alike ? `${rightTitle} (${right.name})` : rightTitle,
  };
}

/** A state in words that name the side it is about. */
export function stateText(
  t: Text,
  state: ComparisonState,
  sides: Sides,
): string {
  switch (state) {
    case 'onlyLeft':
      return t('compareState.onlyIn', { environment: sides.leftTitle });
    case 'onlyRight':
      return t('compareState.onlyIn', { environment: sides.rightTitle });
    default:
      return t(`compareState.${state}`);
  }
}
