import { aWorld } from './builders';
import type { KnobsInput } from './knobs';
import type { WorldInput } from './schema';
import { addPartners, straightIds } from './straight-world';

/** One client with everything of its own, so that what happens to it concerns nobody else. */
export interface Family {
  /** `f12`: prefix of the names of its tokens. */
  readonly name: string;
  readonly phoneNumber: string;
  readonly subscriberId: string;
  readonly businessId: string;
  readonly personId: string;
  readonly sourceWabaId: string;
  /** Null when the destination is still to be made. */
  readonly destinationWabaId: string | null;
  readonly sourcePhoneNumberId: string;
  readonly templates: readonly { readonly id: string; readonly name: string; readonly language: string }[];
  /** Token values, by the name that the world knows each by. */
  readonly tokens: {
    readonly source: { readonly name: string; readonly value: string };
    readonly destination: { readonly name: string; readonly value: string };
    readonly system: { readonly name: string; readonly value: string };
  };
}

export interface FamilyOptions {
  /** How many templates the source has, all APPROVED and GREEN; default 1. */
  readonly templates?: number;
  /** Two-step verification of the number; default off. */
  readonly twoStepOn?: boolean;
  /** Whether the partner's app hears of the source too, so that its switch is noticed; default false. */
  readonly sourceSubscribed?: boolean;
  /** Default: the account is there, without payment and subscription. `none`: it comes out of the route. */
  readonly destination?: 'ready' | 'funded' | 'none';
  /** The last word on the family's objects, for a world with something unusual in it. */
  readonly change?: (objects: WorldInput, family: Family) => WorldInput;
}

const IDS_EACH = 1_000;
const FIRST_ID = 100_000_000;

/** Both providers and nobody to be moved yet: what families are added to. */
export function partnerWorld(
  options: { readonly knobs?: KnobsInput; readonly appSecret?: string } = {},
): WorldInput {
  const builder = aWorld('a world of families').knobs(options.knobs ?? {});
  addPartners(builder, options);
  return builder.build();
}

/** The `index`-th family (from 0), and its objects: a part of a world, for `POST /sandbox/world/additions`. */
export function family(
  index: number,
  options: FamilyOptions = {},
): { family: Family; objects: Partial<WorldInput> } {
  const first = FIRST_ID + index * IDS_EACH;
  const id = (place: number): string => String(first + place);
  const name = `f${String(index)}`;
  const digits = `5511${String(970_000_001 + index)}`;
  const token = (kind: string) => ({ name: `${name}-${kind}`, value: `${name}-${kind}-token` });
  const described: Family = {
    name,
    phoneNumber: `+${digits}`,
    subscriberId: `sub_family_${String(index)}`,
    businessId: id(1),
    personId: id(2),
    sourceWabaId: id(3),
    destinationWabaId: options.destination === 'none' ? null : id(4),
    sourcePhoneNumberId: id(5),
    templates: Array.from({ length: options.templates ?? 1 }, (_, place) => ({
      id: id(100 + place),
      name: `notice_${String(place + 1)}`,
      language: 'pt_BR',
    })),
    tokens: { source: token('source'), destination: token('destination'), system: token('system') },
  };
  const built = objectsOf(described, digits, options, { card: id(6), allocation: id(7), credential: id(8) });
  const whole = options.change === undefined ? built : options.change(built, described);
  const { title: _title, partnerAppId: _partner, knobs: _knobs, ...objects } = whole;
  return { family: described, objects };
}

function objectsOf(
  of: Family,
  digits: string,
  options: FamilyOptions,
  money: { card: string; allocation: string; credential: string },
): WorldInput {
  const { appId, sourceAppId, partnerBusinessId, sourceProviderBusinessId } = straightIds;
  const { businessId, sourceWabaId, destinationWabaId, tokens } = of;
  const isFunded = options.destination === 'funded';
  const builder = aWorld()
    .business({ id: businessId, name: `Client ${of.name}` })
    .person({ id: of.personId, name: `Admin of ${of.name}`, roles: [{ businessId }] })
    .waba({
      id: sourceWabaId,
      name: `${of.name} at the old provider`,
      businessId,
      sharedWith: [sourceProviderBusinessId],
      solutionId: straightIds.sourceSolutionId,
      subscribedApps: [{ appId: sourceAppId }, ...(options.sourceSubscribed === true ? [{ appId }] : [])],
      funding: { kind: 'card', id: money.card },
      templates: of.templates.map((template) => ({ ...template })),
    })
    .number({
      id: of.subscriberId,
      digits,
      name: `Client ${of.name}`,
      wabaId: sourceWabaId,
      phoneNumberId: of.sourcePhoneNumberId,
      twoStep: { on: options.twoStepOn ?? false, pin: options.twoStepOn === true ? '135790' : null },
    });
  if (destinationWabaId !== null) {
    const { creditLineId } = straightIds;
    const { allocation: allocationId, credential } = money;
    builder.waba({
      id: destinationWabaId,
      name: `Client ${of.name}`,
      businessId,
      sharedWith: [partnerBusinessId],
      subscribedApps: isFunded ? [{ appId }] : [],
      assignedUsers: [
        { id: '8001', name: 'partner system user', businessId: partnerBusinessId, tasks: ['MANAGE'] },
      ],
      funding: isFunded ? { kind: 'credit_line', id: credential, creditLineId, allocationId } : null,
    });
    if (isFunded)
      builder.allocation({
        id: allocationId,
        creditLineId,
        receivingBusinessId: businessId,
        credentialId: credential,
      });
  }
  const reached = destinationWabaId === null ? [businessId] : [destinationWabaId, businessId];
  return builder
    .token({
      ...{ ...tokens.source, kind: 'business', appId: sourceAppId, userId: '8900' },
      ...{ businessId: sourceProviderBusinessId, targetIds: [sourceWabaId, businessId] },
    })
    .token({
      ...{ ...tokens.destination, kind: 'business', appId, userId: '8002' },
      ...{ businessId, targetIds: reached },
    })
    .token({
      ...{ ...tokens.system, kind: 'system', appId, userId: '8001', financialRole: true },
      ...{ businessId: partnerBusinessId, targetIds: [...reached, partnerBusinessId] },
    })
    .build();
}
