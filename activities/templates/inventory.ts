/**
 * `inventoryTemplates`: what there is on both sides, and what will become of each source template (R6, R7, R9).
 *
 * Does: reads; writes one row a template into the report.
 * Safe to repeat: rows are keyed by (migration, name, language) and keep what became of a template; a template that
 * an earlier inventory meant to copy and that is at the destination now counts as arrived, not as a collision.
 * Lost reply: repeat.
 * Undone by: nothing to undo.
 */
import { listTemplates, readTemplateCapacity, type Template } from '../../platforms/meta/templates';
import type { WabaId } from '../../shared/ids';
import type { TemplatePlan, TemplateRowChange } from '../../store';
import type { ActivityDeps } from '../context';
import type { Subject, TemplateActivities, TemplateInventory } from '../contract';
import { listByKey, LISTING_PAGE, type Existing } from './destination';
import { planner, templateKey, whyIneligible, type Decision } from './plan';
import { rememberDestinationBefore } from './unseen-source';

/** The most that one copy call takes (meta §4.1). */
const LARGEST_COPY_PAGE = 500;
/** The most a WABA holds (meta §4.3): the bound where nothing says less. */
const LARGEST_CAPACITY = 6_000;

/** What a required template may still become without a copy of ours. */
const ON_ITS_WAY: ReadonlySet<string> = new Set(['APPROVED', 'PENDING']);

class Tally {
  source = 0;
  eligible = 0;
  readonly plans = { copy: 0, collision: 0, ineligible: 0, over_capacity: 0, at_destination: 0 };
  private readonly arriving = new Set<string>();

  constructor(private readonly required: ReadonlySet<string>) {}

  add(template: Template, { plan }: Decision): void {
    this.source += 1;
    if (whyIneligible(template) === null) this.eligible += 1;
    this.plans[plan] += 1;
    const key = templateKey(template);
    if (plan === 'copy' && this.required.has(key)) this.arriving.add(key);
  }

  notCopyable(there: ReadonlyMap<string, Existing>): string[] {
    return [...this.required].filter(
      (key) => !this.arriving.has(key) && !ON_ITS_WAY.has(there.get(key)?.status ?? 'missing'),
    );
  }
}

const rowOf = (
  template: Template,
  { plan, reason }: Decision,
  existing: Existing | undefined,
  checkedAt: string,
): TemplateRowChange => ({
  name: template.name,
  language: template.language,
  category: template.category,
  sourceId: template.id,
  sourceStatus: template.status,
  sourceQuality: template.quality,
  plan,
  // What Meta said about an earlier try stays until a copy has succeeded.
  ...(reason === null ? {} : { reason }),
  destinationId: existing?.id ?? null,
  destinationStatus: existing?.status ?? null,
  checkedAt,
});

const WANTED: ReadonlySet<TemplatePlan> = new Set(['copy', 'over_capacity', 'at_destination']);

/** Keys that an earlier inventory of this migration meant to copy. */
const askedBefore = async ({ store }: ActivityDeps, subject: Subject): Promise<Set<string>> => {
  const keys = new Set<string>();
  for await (const row of store.templateReports.stream(subject)) {
    if (WANTED.has(row.plan)) keys.add(templateKey(row));
  }
  return keys;
};

const pagesOf = (templates: number, pageSize: number): number => Math.ceil(templates / pageSize);

/** An account that is still to be made is empty and says nothing of its capacity. */
const atDestination = async (
  deps: ActivityDeps,
  { tenant, request }: Subject,
  wabaId: WabaId | null,
): Promise<{ capacity: Awaited<ReturnType<typeof readTemplateCapacity>>; there: Map<string, Existing> }> => {
  if (wabaId === null) return { capacity: { count: null, limit: null }, there: new Map() };
  const destination = await deps.graphFor(tenant, request.destination.credential, wabaId);
  return {
    capacity: await readTemplateCapacity(destination, wabaId),
    there: await listByKey(destination, wabaId),
  };
};

export const inventoryTemplates =
  (deps: ActivityDeps): TemplateActivities['inventoryTemplates'] =>
  async ({ subject, wabaId, pageSize = LARGEST_COPY_PAGE }): Promise<TemplateInventory> => {
    const { tenant, request } = subject;
    const { capacity, there } = await atDestination(deps, subject, wabaId);
    const capacityLeft =
      capacity.limit === null ? null : Math.max(0, capacity.limit - (capacity.count ?? there.size));
    const required = new Set(request.templates.required);

    if (request.source.credential === undefined) {
      if (request.mode === 'execute') await rememberDestinationBefore(deps.store, subject, there.keys());
      const bound = capacityLeft ?? LARGEST_CAPACITY;
      return {
        ...{ source: 0, eligible: 0, ineligible: 0, collisions: 0, capacityLeft, predicted: 0 },
        // Nobody can see whether they will arrive; reconciling will tell.
        requiredNotCopyable: [],
        pages: bound === 0 ? 0 : pagesOf(bound, pageSize),
      };
    }

    const source = await deps.graphFor(tenant, request.source.credential, request.source.wabaId);
    const decide = planner(new Set(there.keys()), await askedBefore(deps, subject), capacityLeft);
    const tally = new Tally(required);
    const rows = async function* (): AsyncIterable<TemplateRowChange> {
      for await (const template of listTemplates(source, request.source.wabaId, { pageSize: LISTING_PAGE })) {
        const decision = decide(template);
        tally.add(template, decision);
        yield rowOf(template, decision, there.get(templateKey(template)), deps.clock().toISOString());
      }
    };
    await deps.store.templateReports.upsert(subject, rows());
    const { plans } = tally;
    return {
      source: tally.source,
      eligible: tally.eligible,
      ineligible: tally.source - tally.eligible,
      collisions: plans.collision,
      capacityLeft,
      predicted: plans.copy,
      requiredNotCopyable: tally.notCopyable(there),
      pages: plans.copy === 0 ? 0 : pagesOf(tally.source, pageSize),
    };
  };
