import { aWorld, type WorldBuilder } from './builders';
import type { KnobsInput } from './knobs';
import type { WorldInput } from './schema';

export interface StraightWorldOptions {
  /** How many numbers live at the source; default 1. */
  readonly numbers?: number;
  /** How many templates the source has, all APPROVED and GREEN; default 3. */
  readonly templates?: number;
  /** Two-step verification of the numbers; default off. */
  readonly twoStepOn?: boolean;
  /** Whether the destination can pay already; default none, so that the credit line is there to be attached. */
  readonly destinationFunding?: 'none' | 'card' | 'credit_line';
  /** Whether the partner's app is subscribed to the destination already; default false. */
  readonly destinationSubscribed?: boolean;
  /** Whether the partner's app hears of the source too, which somebody there must have allowed; default false. */
  readonly sourceSubscribed?: boolean;
  readonly knobs?: KnobsInput;
  /** Secret of the partner's app, which signs its webhooks; default `app-secret`. */
  readonly appSecret?: string;
  /** Where the partner's app gets its webhooks; default nowhere. */
  readonly callback?: { readonly url: string; readonly verifyToken: string };
  readonly locale?: 'en_US' | 'pt_BR' | 'es_LA';
}

export interface StraightNumber {
  readonly phoneNumber: string;
  readonly digits: string;
  readonly subscriberId: string;
  readonly sourcePhoneNumberId: string;
}

export interface StraightWorld {
  readonly world: WorldInput;
  readonly numbers: readonly StraightNumber[];
  readonly ids: typeof straightIds;
  readonly tokens: typeof straightTokens;
  readonly templates: readonly { readonly id: string; readonly name: string; readonly language: string }[];
}

/** The fixed ids of a straight world. */
export const straightIds = {
  businessId: '1001',
  sourceWabaId: '2001',
  destinationWabaId: '2002',
  partnerBusinessId: '1000',
  sourceProviderBusinessId: '1900',
  creditLineId: '5001',
  otherCreditLineId: '5900',
  appId: '3001',
  sourceAppId: '3900',
  configurationId: '3201',
  personId: '9001',
  sourceSolutionId: '3501',
  solutionId: '3502',
} as const;

/** The token values of a straight world. */
export const straightTokens = {
  source: 'source-token',
  destination: 'destination-token',
  system: 'system-token',
} as const;

const names = ['order_update', 'delivery_notice', 'appointment_reminder', 'payment_receipt', 'welcome_back'];

/**
 * Source and destination account of one verified business, everything green, two-step verification off, so that a
 * migration goes straight through: subscribe, copy, attach the credit line, announce, code, register.
 */
export function straightWorld(options: StraightWorldOptions = {}): StraightWorld {
  const numbers = Array.from({ length: options.numbers ?? 1 }, (_, index) => numberAt(index));
  const templates = Array.from({ length: options.templates ?? 3 }, (_, index) => ({
    id: String(4_001 + index),
    name: names[index] ?? `notice_${String(index + 1)}`,
    language: 'pt_BR',
  }));
  const builder = aWorld('a straight world').knobs(options.knobs ?? {});
  addParties(builder, options, numbers.length);
  builder
    .waba({
      id: straightIds.sourceWabaId,
      name: 'Padaria Sol at the old provider',
      businessId: straightIds.businessId,
      sharedWith: [straightIds.sourceProviderBusinessId],
      solutionId: straightIds.sourceSolutionId,
      subscribedApps: [
        { appId: straightIds.sourceAppId },
        ...(options.sourceSubscribed === true ? [{ appId: straightIds.appId }] : []),
      ],
      funding: { kind: 'card', id: '6001' },
      templates: templates.map((template) => ({ ...template })),
    })
    .waba({
      id: straightIds.destinationWabaId,
      name: 'Padaria Sol',
      businessId: straightIds.businessId,
      sharedWith: [straightIds.partnerBusinessId],
      subscribedApps: options.destinationSubscribed === true ? [{ appId: straightIds.appId }] : [],
      assignedUsers: [
        {
          id: '8001',
          name: 'partner system user',
          businessId: straightIds.partnerBusinessId,
          tasks: ['MANAGE'],
        },
      ],
      funding: destinationFunding(options),
    });
  for (const number of numbers) {
    builder.number({
      id: number.subscriberId,
      digits: number.digits,
      wabaId: straightIds.sourceWabaId,
      phoneNumberId: number.sourcePhoneNumberId,
      twoStep: { on: options.twoStepOn ?? false, pin: options.twoStepOn === true ? '135790' : null },
    });
  }
  if (options.destinationFunding === 'credit_line') addAllocation(builder);
  addTokens(builder, options);
  return { world: builder.build(), numbers, ids: straightIds, tokens: straightTokens, templates };
}

function numberAt(index: number): StraightNumber {
  const digits = `5511${String(987_650_001 + index)}`;
  return {
    phoneNumber: `+${digits}`,
    digits,
    subscriberId: `sub_straight_${String(index + 1)}`,
    sourcePhoneNumberId: String(7_001 + index),
  };
}

function addParties(builder: WorldBuilder, options: StraightWorldOptions, numbers: number): void {
  addPartners(builder, options);
  builder
    .business({ id: straightIds.businessId, name: 'Padaria Sol', numberCap: Math.max(20, numbers * 2) })
    .person({ id: straightIds.personId, name: 'Ana Souza', roles: [{ businessId: straightIds.businessId }] });
}

/** Both sides' providers: their apps, businesses with lines of credit, and a solution each way. */
export function addPartners(
  builder: WorldBuilder,
  options: Pick<StraightWorldOptions, 'appSecret' | 'callback'>,
): void {
  builder
    .app(
      {
        id: straightIds.appId,
        name: 'Partner app',
        secret: options.appSecret ?? 'app-secret',
        callback: options.callback ? { ...options.callback } : null,
        businessId: straightIds.partnerBusinessId,
        configurations: [{ id: straightIds.configurationId }],
      },
      true,
    )
    .app({
      id: straightIds.sourceAppId,
      name: 'Old provider app',
      secret: 'source-app-secret',
      businessId: straightIds.sourceProviderBusinessId,
    })
    .business({
      id: straightIds.partnerBusinessId,
      name: 'Partner',
      creditLines: [{ id: straightIds.creditLineId, legalEntityName: 'Partner Ltd.' }],
    })
    .business({
      id: straightIds.sourceProviderBusinessId,
      name: 'Old Provider',
      creditLines: [{ id: straightIds.otherCreditLineId, legalEntityName: 'Old Provider Ltd.' }],
    })
    .solution({
      id: straightIds.sourceSolutionId,
      name: 'Old provider with partner',
      ownerAppId: straightIds.sourceAppId,
      partnerAppIds: [straightIds.appId],
    })
    .solution({
      id: straightIds.solutionId,
      name: 'Partner with old provider',
      ownerAppId: straightIds.appId,
      partnerAppIds: [straightIds.sourceAppId],
    });
}

type Funding =
  | { kind: 'card'; id: string }
  | { kind: 'credit_line'; id: string; creditLineId: string; allocationId: string };

function destinationFunding(options: StraightWorldOptions): Funding | null {
  if (options.destinationFunding === 'card') return { kind: 'card', id: '6002' };
  if (options.destinationFunding !== 'credit_line') return null;
  return { kind: 'credit_line', id: '6502', creditLineId: straightIds.creditLineId, allocationId: '6501' };
}

function addAllocation(builder: WorldBuilder): void {
  builder.allocation({
    id: '6501',
    creditLineId: straightIds.creditLineId,
    receivingBusinessId: straightIds.businessId,
    credentialId: '6502',
  });
}

function addTokens(builder: WorldBuilder, options: StraightWorldOptions): void {
  const locale = options.locale ?? 'en_US';
  const { appId, sourceAppId, businessId, partnerBusinessId, sourceProviderBusinessId } = straightIds;
  const { sourceWabaId, destinationWabaId } = straightIds;
  builder
    .token({
      name: 'source',
      value: straightTokens.source,
      kind: 'business',
      appId: sourceAppId,
      userId: '8900',
      businessId: sourceProviderBusinessId,
      targetIds: [sourceWabaId, businessId],
      locale,
    })
    .token({
      name: 'destination',
      value: straightTokens.destination,
      kind: 'business',
      appId,
      userId: '8002',
      businessId,
      targetIds: [destinationWabaId, businessId],
      locale,
    })
    .token({
      name: 'system',
      value: straightTokens.system,
      kind: 'system',
      appId,
      userId: '8001',
      businessId: partnerBusinessId,
      targetIds: [destinationWabaId, businessId, partnerBusinessId],
      financialRole: true,
      locale,
    });
}
