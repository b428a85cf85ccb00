/**
 * What a message says that does not fit what the migration is by now, all of it at once. The edge asks the same of what it
 * knows; only the migration knows what stands at this moment.
 */
import type { InvalidField, UpdateArguments } from '../../shared/messages';
import type { AmendPatch } from '../../shared/requests';
import { misplacedOnRoute } from '../../shared/misplaced-fields';
import { businessAfter, fundingAfter } from './merged-fields';
import { invalidWindowEnds } from './refusals';
import { accountIn } from './signup-result';
import type { MigrationState } from './state';

/** The number is not moved to where it is: it would be found there, and taken for moved. */
const sourceAsDestination = (
  { request }: MigrationState,
  wabaId: string | null | undefined,
  path: string[],
  source: string = request.source.wabaId,
): InvalidField[] => (wabaId === source ? [{ path, expected: 'a WABA other than the source WABA' }] : []);

/** As above, where the source is what is corrected. */
const destinationAsSource = ({ migration }: MigrationState, patch: AmendPatch): InvalidField[] =>
  patch.destination?.wabaId === undefined &&
  patch.source?.wabaId !== undefined &&
  patch.source.wabaId === migration.destination.wabaId
    ? [{ path: ['source', 'wabaId'], expected: 'a WABA other than the destination WABA' }]
    : [];

export const invalidInPatch = (state: MigrationState, patch: AmendPatch): InvalidField[] => {
  const { destination = {}, business, funding, cutover } = patch;
  const route = patch.route ?? state.migration.route;
  return [
    ...misplacedOnRoute(route, (field) => field in destination).map(({ field, expected }) => ({
      path: ['destination', field],
      expected,
    })),
    ...sourceAsDestination(state, destination.wabaId, ['destination', 'wabaId'], patch.source?.wabaId),
    ...destinationAsSource(state, patch),
    ...businessAfter(state.request.business, business).invalid,
    ...fundingAfter(state.request.funding, funding).invalid,
    ...invalidWindowEnds(state, cutover, ['cutover']),
  ];
};

export const invalidInResult = (
  state: MigrationState,
  result: UpdateArguments['signupResult'],
): InvalidField[] => sourceAsDestination(state, accountIn(state, result), ['wabaId']);
