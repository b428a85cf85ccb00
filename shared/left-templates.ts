import type { Migration } from './migration';
import { leftoverText } from './texts';
import type { AddressedLeftover } from './texts/addressed';

/** The copies that an ended run leaves at the destination, as far as they were counted (meta §4.1). */
export const leftTemplates = ({ templates }: Pick<Migration, 'templates'>): AddressedLeftover[] => {
  const { copied, recreated = 0 } = templates ?? { copied: 0 };
  return copied > 0
    ? [
        {
          ...{ kind: 'copied_templates', party: 'client' },
          ...leftoverText('left.copied_templates', { copied, recreated }),
        },
      ]
    : [];
};
