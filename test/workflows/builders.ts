/** Small builders for what a migration is started with. */
import { migrationIdSchema } from '../../shared/ids';
import type { MigrationInput } from '../../shared/messages';
import { policySchema } from '../../shared/policy';
import { startRequestSchema, type StartRequestBody } from '../../shared/requests';

export const START = '2026-11-22T10:00:00.000Z';

export const requestBody = (patch: Partial<StartRequestBody> = {}): StartRequestBody => ({
  phoneNumber: '+5511987654321',
  route: 'programmatic',
  source: { provider: 'acme-bsp', businessId: '1001', wabaId: '2001', credential: 'meta-source' },
  destination: { provider: 'meta', businessId: '1001', wabaId: '2002', credential: 'meta-destination' },
  funding: { payer: 'partner_credit', creditLineId: '5001', currency: 'USD' },
  ...patch,
});

export const migrationInput = (patch: Partial<StartRequestBody> = {}): MigrationInput => ({
  schema: 1,
  tenant: 'acme',
  migrationId: migrationIdSchema.parse('mig_0123456789abcdefghjk'),
  attempt: 1,
  request: startRequestSchema.parse(requestBody(patch)),
  policy: policySchema.parse({}),
  callingCode: '55',
  startedBy: { kind: 'api_key', name: 'backend' },
  createdAt: START,
});
