/**
 * The language of what a client reads. Tasks and findings of the client are answered in the language of its contact;
 * whoever sends `Accept-Language` reads everything that is translated in the first language of theirs that there is.
 */
import Negotiator from 'negotiator';
import type { FastifyRequest } from 'fastify';
import type {
  AcceptanceCheck,
  Finding,
  Leftover,
  Migration,
  StepError,
  StepView,
  Task,
} from '../shared/migration';
import type { PlannedTask } from '../shared/plan/schema';
import type { Party } from '../shared/steps';
import { problemIn, renderedIn } from '../shared/texts';
import { saidIn } from '../shared/texts/shown';
import { LOCALES, localeFor, type Locale } from '../shared/texts/wording';
import type { App } from './deps';

/** With their languages alone, so that `pt-PT` or `es-MX` find what there is. */
const OFFERED = [...new Set(LOCALES.flatMap((locale) => [locale, locale.split('-', 1)[0] ?? locale]))];

/** Undefined when the caller asks for none, or for none that there is. */
export const languageAsked = (request: Pick<FastifyRequest, 'headers'>): Locale | undefined => {
  const header = request.headers['accept-language'];
  if (header === undefined || header.trim() === '*') return undefined;
  const chosen = new Negotiator({ headers: { 'accept-language': header } }).language(OFFERED);
  return chosen === undefined ? undefined : localeFor(chosen);
};

interface Readers {
  asked: Locale | undefined;
  client: Locale;
}

const localeOf = ({ asked, client }: Readers, party: Party): Locale =>
  asked ?? (party === 'client' ? client : 'en');

const task = <T extends Task | PlannedTask>(readers: Readers, shown: T): T => {
  const said = shown.text && renderedIn(localeOf(readers, shown.party), shown.text);
  return said ? { ...shown, title: said.what, howTo: said.how } : shown;
};

const finding = (readers: Readers, shown: Finding): Finding => {
  const locale = localeOf(readers, shown.party);
  const said = shown.text && renderedIn(locale, shown.text);
  const evidence = { ...shown.evidence, ...saidIn(locale, shown.said) };
  return said ? { ...shown, evidence, message: said.what, remedy: said.how } : { ...shown, evidence };
};

/** The words of its own, where it has some, are nearer than those of its code. */
const problemSaid = (locale: Locale, { code, text }: StepError) =>
  (text && renderedIn(locale, text)) ?? problemIn(locale, code);

const step = (readers: Readers, shown: StepView): StepView => {
  const said = shown.error && problemSaid(localeOf(readers, shown.error.party), shown.error);
  return said && shown.error
    ? { ...shown, error: { ...shown.error, title: said.what, remedy: said.how } }
    : shown;
};

const check = (readers: Readers, shown: AcceptanceCheck): AcceptanceCheck => {
  const locale = localeOf(readers, shown.party ?? 'operator');
  const said = shown.text && renderedIn(locale, shown.text);
  return { ...shown, ...saidIn(locale, shown.said), ...(said ? { remedy: said.how } : {}) };
};

const leftover = (readers: Readers, shown: Leftover): Leftover => {
  const said = shown.text && renderedIn(localeOf(readers, shown.party ?? 'operator'), shown.text);
  return said ? { ...shown, detail: said.what, removableBy: said.how } : shown;
};

export const inLanguage = (migration: Migration, asked: Locale | undefined): Migration => {
  const readers: Readers = { asked, client: migration.locale ?? 'en' };
  return {
    ...migration,
    tasks: migration.tasks.map((shown) => task(readers, shown)),
    findings: migration.findings.map((shown) => finding(readers, shown)),
    steps: migration.steps.map((shown) => step(readers, shown)),
    acceptance: migration.acceptance.map((shown) => check(readers, shown)),
    leftInPlace: migration.leftInPlace.map((shown) => leftover(readers, shown)),
    plan: { ...migration.plan, tasks: migration.plan.tasks.map((shown) => task(readers, shown)) },
  };
};

const isMigration = (value: unknown): value is Migration =>
  typeof value === 'object' &&
  value !== null &&
  ['phoneNumber', 'tasks', 'findings', 'steps', 'plan', 'leftInPlace'].every((name) => name in value);

const translated = (payload: unknown, asked: Locale | undefined): unknown => {
  if (isMigration(payload)) return inLanguage(payload, asked);
  if (typeof payload === 'object' && payload !== null && 'items' in payload && Array.isArray(payload.items)) {
    return { ...payload, items: payload.items.map((item) => translated(item, asked)) };
  }
  return payload;
};

/** Every answer that shows a migration, whichever route it comes from. */
export const speakTheReadersLanguage = (app: App): void => {
  app.addHook('preSerialization', async (request, _reply, payload) =>
    translated(payload, languageAsked(request)),
  );
};
