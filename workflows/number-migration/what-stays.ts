/**
 * What was seen to hang on the number and is not said to move with it, as tasks (R10 to R12, meta §1.6): noted down before the
 * move, because the old account may show it no more, and made again after it. What nobody saw is nobody's task. Pure.
 */
import type { WhatStays } from '../../shared/preparation';
import { known, taskText, type KnownText } from '../../shared/texts';
import type { MigrationState } from './state';

/** A finding of an earlier version names no task, and becomes none. */
const evidenceOf = (
  { migration: { findings } }: MigrationState,
  kind: WhatStays,
): Record<string, unknown> | undefined =>
  findings.find(({ evidence }) => evidence['becomes'] === kind)?.evidence;

const namesOf = (state: MigrationState, kind: WhatStays): string[] => {
  const stays = evidenceOf(state, kind)?.['stays'];
  return Array.isArray(stays) ? stays.filter((one) => typeof one === 'string') : [];
};

/** Of hundreds not all are named. */
const sum = (state: MigrationState, kind: WhatStays): number => {
  const count = evidenceOf(state, kind)?.['count'];
  return typeof count === 'number' ? count : namesOf(state, kind).length;
};

/** Those that templates open were asked for, and are there now. */
export const withFlowsHere = (
  state: MigrationState,
  { moved, adopted }: { moved: number; adopted: number },
): MigrationState => ({
  ...state,
  templates: { ...state.templates, flowsMoved: true, flowsHere: moved + adopted },
});

/** Flows that templates open have moved with them: nobody need make them again. */
const otherFlows = (state: MigrationState): number =>
  Math.max(0, sum(state, 'rebuild_flows') - (state.templates.flowsHere ?? 0));

export const staysBehind = (state: MigrationState, kind: WhatStays): boolean =>
  kind === 'rebuild_flows' ? otherFlows(state) > 0 : sum(state, kind) > 0;

const componentsOf = (state: MigrationState): string => namesOf(state, 'set_up_automations').join(', ');

const toNote = (state: MigrationState): KnownText[] => [
  ...(sum(state, 'remake_qr_codes') === 0
    ? []
    : [known('stays.qr_codes', { count: sum(state, 'remake_qr_codes') })]),
  ...(sum(state, 'set_up_automations') === 0
    ? []
    : [known('stays.automations', { components: componentsOf(state) })]),
  ...(sum(state, 'rebuild_flows') === 0
    ? []
    : [known('stays.flows', { count: sum(state, 'rebuild_flows') })]),
];

/** A callback address is in the request's own hands, and need not be noted. */
export const isToBeNoted = (state: MigrationState): boolean => toNote(state).length > 0;

export const notingText = (state: MigrationState): ReturnType<typeof taskText> =>
  taskText('note_what_stays', {}, toNote(state));

const NAMES_SHOWN = 20;

export const remakingText = (state: MigrationState, kind: WhatStays): ReturnType<typeof taskText> => {
  switch (kind) {
    case 'remake_qr_codes':
      return taskText(kind, { count: sum(state, kind) });
    case 'set_up_automations':
      return taskText(kind, { components: componentsOf(state) });
    case 'rebuild_flows': {
      const shown = namesOf(state, kind).slice(0, NAMES_SHOWN);
      const names = [...shown, ...(sum(state, kind) > shown.length ? ['…'] : [])].join(', ');
      return taskText(kind, { count: otherFlows(state), names });
    }
    case 'set_number_webhook':
      return taskText(kind, {});
  }
};
