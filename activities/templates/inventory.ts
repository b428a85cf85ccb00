/**
 * `inventoryTemplates`: what there is on both sides, and what will become of each source template (R6, R7, R9).
 *
 * Does: reads; writes one row a template into the report, both contents where they collide.
 * Safe to repeat: rows are keyed by (migration, name, language) and keep what became of a template; a template that
 * an earlier inventory found missing and that is at the destination now counts as arrived, not as a collision.
 * Lost reply: repeat.
 * Undone by: nothing to undo.
 */
import { listTemplates, readTemplateCapacity, type Template } from '../../platforms/meta/templates';
import type { WabaId } from '../../shared/ids';
import type { TemplateRow, TemplateRowChange } from '../../store';
import type { ActivityDeps } from '../context';
import type { Subject, TemplateActivities, TemplateInventory } from '../contract';
import { comparable, flowIdsIn, shownContent } from './content';
import { listByKey, LISTING_PAGE, type Existing } from './destination';
import { planner, templateKey, whyIneligible, type Decision, type Planner } from './plan';
import { rememberDestinationBefore } from './unseen-source';

/** The most that one copy call takes (meta §4.1). */
const LARGEST_COPY_PAGE = 500;
/** The most a WABA holds (meta §4.3): the bound where nothing says less. */
const LARGEST_CAPACITY = 6_000;
/** So many names stand in a task; the report has all. */
const FIRST_NAMED = 20;

/** What a required template may still become without a copy of ours. */
const ON_ITS_WAY: ReadonlySet<string> = new Set(['APPROVED', 'PENDING']);

class Tally {
  source = 0;
  eligible = 0;
  renamed = 0;
  undecided = 0;
  readonly firstUndecided: string[] = [];
  readonly plans = { copy: 0, recreate: 0, collision: 0, ineligible: 0, over_capacity: 0, at_destination: 0 };
  readonly flows = new Set<string>();
  private readonly arriving = new Set<string>();

  constructor(
    private readonly required: ReadonlySet<string>,
    private readonly qualities: readonly string[] | undefined,
  ) {}

  add(template: Template, { plan, createAs }: Decision, flowIds: readonly string[]): void {
    this.source += 1;
    if (whyIneligible(template, this.qualities) === null) this.eligible += 1;
    this.plans[plan] += 1;
    if (createAs !== null) this.renamed += 1;
    // What a copy brought earlier may still open a flow of the old account.
    if (plan !== 'collision') for (const id of flowIds) this.flows.add(id);
    const key = templateKey(template);
    if (plan === 'copy' && this.required.has(key)) this.arriving.add(key);
  }

  leaveOpen(key: string): void {
    this.undecided += 1;
    if (this.firstUndecided.length < FIRST_NAMED) this.firstUndecided.push(key);
  }

  notCopyable(there: ReadonlyMap<string, Existing>): string[] {
    return [...this.required].filter(
      (key) => !this.arriving.has(key) && !ON_ITS_WAY.has(there.get(key)?.status ?? 'missing'),
    );
  }
}

/** What an earlier inventory of this migration said of a template, where it still matters. */
interface Before {
  /** Nothing was said of this destination yet: what is known of templates is about another account, or nothing. */
  isFirst: boolean;
  missing: Set<string>;
  /** By key, the id of the destination's template in whose favour a person decided. */
  kept: Map<string, string>;
  /** Keys of copies whose edit was refused: that may have been for the day. */
  uneditable: Set<string>;
}

const INVENTORIED = 'templates/inventoried';

const saidBefore = async (
  { store }: ActivityDeps,
  subject: Subject,
  wabaId: WabaId | null,
): Promise<Before> => {
  const isFirst = (await store.notes.read(subject.migrationId, INVENTORIED)) !== wabaId;
  const before: Before = { isFirst, missing: new Set(), kept: new Map(), uneditable: new Set() };
  if (isFirst) return before;
  for await (const row of store.templateReports.stream(subject)) {
    const key = templateKey(row);
    if (row.plan !== 'collision' && row.createAs === null) before.missing.add(key);
    if (row.keptInFavourOf !== null) before.kept.set(key, row.keptInFavourOf);
    if (row.flowEdit === 'refused') before.uneditable.add(key);
  }
  return before;
};

/** Names under which collisions are created beside the destination's own. */
const newNames = ({ request }: Subject): Map<string, string> =>
  new Map(
    Object.entries({ ...request.templates.collisions }).flatMap(([key, decision]) =>
      decision === 'keep_destination' ? [] : [[key, decision.createAs] as const],
    ),
  );

type Sides = Pick<
  TemplateRow,
  'destinationId' | 'destinationStatus' | 'destinationCategory' | 'destinationQuality'
>;

const destinationSide = (existing: Existing | undefined): Sides => ({
  destinationId: existing?.id ?? null,
  destinationStatus: existing?.status ?? null,
  destinationCategory: existing?.category ?? null,
  destinationQuality: existing?.quality ?? null,
});

const sourceSide = ({ category, id, status, quality }: Template) => ({
  category,
  sourceId: id,
  sourceStatus: status,
  sourceQuality: quality,
});

/** Null where the content of one side cannot be seen. */
const differs = (template: Template, existing: Existing | undefined): boolean | null => {
  if (template.components === null || existing?.content === undefined || existing.content === null)
    return null;
  return comparable(template.components) !== comparable(existing.content);
};

/**
 * Signup and registration copy templates by themselves (meta §1.6, §2.2), before our first look too. In an account that the
 * signup has made nobody else can have; and whoever opens a flow of the source has come from there.
 */
const wasCopied = ({
  existing,
  contentDiffers,
  flowIds,
  accountIsNew,
}: {
  existing: Existing | undefined;
  contentDiffers: boolean | null;
  flowIds: readonly string[];
  accountIsNew: boolean;
}): boolean => {
  if (existing === undefined || contentDiffers === true) return false;
  const opensFlowOfSource = flowIdsIn(existing.content ?? []).some((id) => flowIds.includes(id));
  return accountIsNew || opensFlowOfSource;
};

const bothContents = (
  template: Template,
  existing: Existing | undefined,
  contentDiffers: boolean | null,
) => ({
  contentDiffers,
  sourceContent:
    contentDiffers === true && template.components !== null ? shownContent(template.components) : null,
  destinationContent: contentDiffers === true && existing?.content ? shownContent(existing.content) : null,
});

const pagesOf = (templates: number, pageSize: number): number => Math.ceil(templates / pageSize);

/** An account that is still to be made is empty and says nothing of its capacity. */
const atDestination = async (
  deps: ActivityDeps,
  { tenant, request }: Subject,
  wabaId: WabaId | null,
  content: boolean,
): Promise<{ capacity: Awaited<ReturnType<typeof readTemplateCapacity>>; there: Map<string, Existing> }> => {
  if (wabaId === null) return { capacity: { count: null, limit: null }, there: new Map() };
  const destination = await deps.graphFor(tenant, request.destination.credential, wabaId);
  return {
    capacity: await readTemplateCapacity(destination, wabaId),
    there: await listByKey(destination, wabaId, { content }),
  };
};

/** Places kept for required templates that did not need them go to the first that found none. */
const giveBackPlaces = async (
  { store, clock }: ActivityDeps,
  subject: Subject,
  plan: Planner,
): Promise<number> => {
  let given = 0;
  const places = plan.placesLeft();
  const changes = async function* (): AsyncIterable<TemplateRowChange> {
    for await (const { name, language } of store.templateReports.stream(subject, { plan: 'over_capacity' })) {
      if (given >= places) return;
      given += 1;
      const copied = { plan: 'copy', outcome: 'pending', reason: null, code: null, askedAt: null } as const;
      yield { name, language, ...copied, checkedAt: clock().toISOString() };
    }
  };
  if (places > 0) await store.templateReports.upsert(subject, changes());
  return given;
};

export const inventoryTemplates =
  (deps: ActivityDeps): TemplateActivities['inventoryTemplates'] =>
  async (input): Promise<TemplateInventory> => {
    const {
      subject,
      wabaId,
      pageSize = LARGEST_COPY_PAGE,
      copyQualities,
      keepRest = false,
      accountIsNew = false,
    } = input;
    const { tenant, request } = subject;
    const seesSource = request.source.credential !== undefined;
    const { capacity, there } = await atDestination(deps, subject, wabaId, seesSource);
    const capacityLeft =
      capacity.limit === null ? null : Math.max(0, capacity.limit - (capacity.count ?? there.size));
    const required = new Set(request.templates.required);

    if (request.source.credential === undefined) {
      const before = accountIsNew ? [] : there.keys();
      if (request.mode === 'execute') await rememberDestinationBefore(deps.store, subject, before);
      const bound = capacityLeft ?? LARGEST_CAPACITY;
      return {
        ...{ source: 0, eligible: 0, ineligible: 0, collisions: 0, capacityLeft, predicted: 0 },
        // Nobody can see whether they will arrive; reconciling will tell.
        requiredNotCopyable: [],
        pages: bound === 0 ? 0 : pagesOf(bound, pageSize),
      };
    }

    const source = await deps.graphFor(tenant, request.source.credential, request.source.wabaId);
    const before = await saidBefore(deps, subject, wabaId);
    const plan = planner({
      ...{ atDestination: new Set(there.keys()), missingBefore: before.missing, capacityLeft, required },
      createAs: newNames(subject),
      ...(copyQualities === undefined ? {} : { qualities: copyQualities }),
    });
    const tally = new Tally(required, copyQualities);
    const checkedAt = deps.clock().toISOString();
    const decidedToKeep = (key: string, existing: Existing): boolean =>
      keepRest ||
      before.kept.get(key) === existing.id ||
      { ...request.templates.collisions }[key] === 'keep_destination';

    const rowOf = (template: Template): TemplateRowChange => {
      const key = templateKey(template);
      const existing = there.get(key);
      const contentDiffers = differs(template, existing);
      const flowIds = flowIdsIn(template.components ?? []);
      const isCopy = wasCopied({ existing, contentDiffers, flowIds, accountIsNew });
      const decision = plan.decide(template, contentDiffers, isCopy);
      tally.add(template, decision, flowIds);
      const collides = decision.plan === 'collision' && existing !== undefined && contentDiffers !== false;
      const isKept = collides && decidedToKeep(key, existing);
      if (collides && !isKept) tally.leaveOpen(key);
      return {
        ...{ name: template.name, language: template.language, ...sourceSide(template) },
        ...{ required: required.has(key), flowIds, checkedAt, ...destinationSide(existing) },
        ...{ plan: decision.plan, code: decision.code, createAs: decision.createAs },
        // What Meta said about an earlier try stays until a copy has succeeded.
        ...(decision.reason === null ? {} : { reason: decision.reason }),
        ...(before.isFirst || decision.plan === 'copy' ? { outcome: 'pending' as const, askedAt: null } : {}),
        ...(before.isFirst ? { recreation: null, keptInFavourOf: null } : {}),
        ...(before.isFirst || before.uneditable.has(key) ? { flowEdit: null } : {}),
        ...(decision.plan === 'collision' || decision.createAs !== null
          ? bothContents(template, existing, contentDiffers)
          : {}),
        ...(isKept ? { keptInFavourOf: existing.id } : {}),
      };
    };
    const rows = async function* (): AsyncIterable<TemplateRowChange> {
      const listed = listTemplates(source, request.source.wabaId, { pageSize: LISTING_PAGE, content: true });
      for await (const template of listed) yield rowOf(template);
    };
    await deps.store.templateReports.upsert(subject, rows());
    await deps.store.notes.note(subject.migrationId, INVENTORIED, wabaId);
    const { plans } = tally;
    const givenBack = plans.over_capacity === 0 ? 0 : await giveBackPlaces(deps, subject, plan);
    const predicted = plans.copy + givenBack;
    return {
      source: tally.source,
      eligible: tally.eligible,
      ineligible: tally.source - tally.eligible,
      collisions: plans.collision,
      capacityLeft,
      predicted,
      requiredNotCopyable: tally.notCopyable(there),
      pages: predicted === 0 ? 0 : pagesOf(tally.source, pageSize),
      overCapacity: plans.over_capacity - givenBack,
      flows: tally.flows.size,
      undecided: { count: tally.undecided, first: tally.firstUndecided },
      renamed: tally.renamed,
    };
  };
