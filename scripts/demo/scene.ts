/** The practice world of the demonstration, and the migration asked for in it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StartRequestBody } from '../../client';
import { straightWorld } from '../../sandbox/world/straight-world';

export interface Scene {
  readonly worldFile: string;
  /** @param sites address under which the practice platform serves the web sites of its businesses. */
  readonly request: (sites: string) => StartRequestBody;
}

/** A bakery whose number lives at another provider, with two-step verification on and five templates to take along. */
export async function prepareScene(folder: string): Promise<Scene> {
  const { world, numbers, ids, templates } = straightWorld({
    twoStepOn: true,
    templates: 5,
    // So that the switch is noticed by webhook, at once (meta §1.2).
    sourceSubscribed: true,
  });
  const [number] = numbers;
  const [template] = templates;
  if (number === undefined || template === undefined)
    throw new Error('the world has no number or no template');
  const worldFile = join(folder, 'world.json');
  await writeFile(worldFile, JSON.stringify(world));
  return {
    worldFile,
    request: (sites) => ({
      phoneNumber: number.phoneNumber,
      route: 'programmatic',
      source: {
        provider: 'old-provider',
        businessId: ids.businessId,
        wabaId: ids.sourceWabaId,
        credential: 'source',
      },
      destination: {
        provider: 'meta',
        businessId: ids.businessId,
        wabaId: ids.destinationWabaId,
        credential: 'destination',
      },
      business: { name: 'Padaria Sol', website: `${sites}/${ids.businessId}` },
      verification: { method: 'sms', language: 'pt_BR', send: 'on_ready' },
      templates: { copy: true, required: [`${template.name}/${template.language}`] },
      funding: {
        payer: 'partner_credit',
        creditLineId: ids.creditLineId,
        currency: 'USD',
        credential: 'system',
      },
      // A real migration watches the number for three days; the demonstration ends with the first bill's ledger.
      aftercare: { hours: 0 },
      metadata: { purpose: 'demonstration' },
    }),
  };
}
