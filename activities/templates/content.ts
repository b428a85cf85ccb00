/**
 * What a template says: compared between two accounts, searched for what belongs to an account (flows, files), and turned
 * from what a listing shows into what a creation takes (meta §4.3). Pure.
 */
import type { Component, Template, TemplateDraft } from '../../platforms/meta/templates';
import type { TemplateReason } from '../../shared/template-report';

/** A template's text has at most 1,024 characters; examples and buttons of a carousel may make more of it. */
const LONGEST_KEPT = 8_000;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const recordsIn = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];

const upper = (value: unknown): string => (typeof value === 'string' ? value.toUpperCase() : '');

/** The value with every record in it replaced, innermost first. */
const rewritten = (
  value: unknown,
  change: (record: Record<string, unknown>) => Record<string, unknown>,
): unknown => {
  if (Array.isArray(value)) return value.map((part) => rewritten(part, change));
  if (!isRecord(value)) return value;
  return change(
    Object.fromEntries(Object.entries(value).map(([name, part]) => [name, rewritten(part, change)])),
  );
};

const everyRecord = (components: readonly Component[]): Record<string, unknown>[] => {
  const found: Record<string, unknown>[] = [];
  rewritten(components, (record) => {
    found.push(record);
    return record;
  });
  return found;
};

const isFlowButton = (record: Record<string, unknown>): boolean =>
  upper(record['type']) === 'FLOW' && record['flow_id'] !== undefined;

/** Ids of the flows that buttons open; they belong to the account that lists the template. */
export const flowIdsIn = (components: readonly Component[]): string[] => [
  ...new Set(
    everyRecord(components)
      .filter(isFlowButton)
      .map((button) => String(button['flow_id'])),
  ),
];

const CATALOG_BUTTONS: ReadonlySet<string> = new Set(['CATALOG', 'MPM', 'SPM']);

const needsCatalog = (components: readonly Component[]): boolean =>
  everyRecord(components).some(
    (record) => CATALOG_BUTTONS.has(upper(record['type'])) || upper(record['format']) === 'PRODUCT',
  );

const MEDIA_FORMATS: ReadonlySet<string> = new Set(['IMAGE', 'VIDEO', 'DOCUMENT']);

const isMediaHeader = (record: Record<string, unknown>): boolean =>
  upper(record['type']) === 'HEADER' && MEDIA_FORMATS.has(upper(record['format']));

const handlesOf = (header: Record<string, unknown>): string[] => {
  const example = header['example'];
  const handles = isRecord(example) ? example['header_handle'] : undefined;
  if (Array.isArray(handles)) return handles.map(String);
  return typeof handles === 'string' ? [handles] : [];
};

/** Addresses of the files that headers show, also those of a carousel's cards. */
export const mediaIn = (components: readonly Component[]): { address: string; format: string }[] =>
  everyRecord(components)
    .filter(isMediaHeader)
    .flatMap((header) => handlesOf(header).map((address) => ({ address, format: upper(header['format']) })));

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, part]) => [name, sorted(part)]),
  );
};

/** As it is shown to people: in one order, addresses of files left out because they are signed anew with each listing. */
export const shownContent = (components: readonly Component[]): string =>
  JSON.stringify(
    sorted(
      rewritten(components, (record) =>
        isMediaHeader(record) ? { ...record, example: { header_handle: ['(a file)'] } } : record,
      ),
    ),
  ).slice(0, LONGEST_KEPT);

/** Equal exactly when customers would read the same: examples and ids of flows are the account's own. */
export const comparable = (components: readonly Component[]): string =>
  JSON.stringify(
    sorted(
      rewritten(components, (record) =>
        Object.fromEntries(
          Object.entries(record)
            .filter(([name]) => !['example', 'flow_id', 'flow_name', 'flow_json'].includes(name))
            .map(([name, part]) => [name, name === 'type' || name === 'format' ? upper(part) : part]),
        ),
      ),
    ),
  );

const AUTHENTICATION = 'AUTHENTICATION';

/** A listing shows a copy-code button as an address of WhatsApp's own with the kind in its query. */
const otpTypeIn = (button: Record<string, unknown>): string => {
  if (typeof button['otp_type'] === 'string') return upper(button['otp_type']);
  const url = button['url'];
  return typeof url === 'string' ? upper(/[?&]otp_type=([A-Za-z_]+)/.exec(url)?.[1]) : '';
};

const OTP_KEPT = [
  'text',
  'autofill_text',
  'supported_apps',
  'package_name',
  'signature_hash',
  'zero_tap_terms_accepted',
];

const otpButton = (button: Record<string, unknown>): Component => ({
  type: 'OTP',
  otp_type: otpTypeIn(button) === '' ? 'COPY_CODE' : otpTypeIn(button),
  ...Object.fromEntries(Object.entries(button).filter(([name]) => OTP_KEPT.includes(name))),
});

const minutesOf = (footer: Component): number | null => {
  const given = footer['code_expiration_minutes'];
  if (typeof given === 'number') return given;
  const written = typeof footer['text'] === 'string' ? /\d+/.exec(footer['text']) : null;
  return written === null ? null : Number(written[0]);
};

/** Meta writes the texts of authentication templates; a creation gives flags (meta §4.3). */
const authenticationPart = (component: Component): Component[] => {
  switch (upper(component['type'])) {
    case 'BODY':
      return [
        { type: 'BODY', add_security_recommendation: component['add_security_recommendation'] === true },
      ];
    case 'FOOTER': {
      const minutes = minutesOf(component);
      return minutes === null ? [] : [{ type: 'FOOTER', code_expiration_minutes: minutes }];
    }
    case 'BUTTONS':
      return [{ type: 'BUTTONS', buttons: recordsIn(component['buttons']).slice(0, 1).map(otpButton) }];
    default:
      return [];
  }
};

export interface DraftParts {
  /** Id at the destination by id at the source. */
  flows: ReadonlyMap<string, string>;
  /** Upload handle by the address that the listing showed. */
  handles: ReadonlyMap<string, string>;
  /** When its own name is taken. */
  name?: string | undefined;
}

export type Drafted = { draft: TemplateDraft } | { code: TemplateReason; reason: string };

/** Whether it can be created at all, before any file is fetched. Null: it can. */
export const whyNotDraftable = (
  template: Pick<Template, 'components' | 'category'>,
  flows: ReadonlyMap<string, string>,
): { code: TemplateReason; reason: string } | null => {
  const { components, category } = template;
  if (components === null || components.length === 0 || category === null) {
    return { code: 'CONTENT_UNREADABLE', reason: 'the source does not show its content' };
  }
  if (needsCatalog(components)) {
    return { code: 'CATALOG_NEEDED', reason: 'it shows products of a catalogue' };
  }
  const lost = flowIdsIn(components).filter((id) => !flows.has(id));
  return lost.length === 0
    ? null
    : { code: 'FLOW_NOT_MOVED', reason: `its button opens the flow ${lost.join(', ')}, which was not moved` };
};

/** The content as an account takes it: files by their upload handles, flows by its own ids. */
const madeOwn = (
  components: readonly Component[],
  { flows, handles }: Omit<DraftParts, 'name'>,
): Component[] =>
  recordsIn(
    rewritten(components, (record) => {
      if (isFlowButton(record)) {
        const { flow_name: _name, flow_json: _json, ...button } = record;
        return { ...button, flow_id: flows.get(String(record['flow_id'])) ?? record['flow_id'] };
      }
      if (!isMediaHeader(record)) return record;
      return {
        ...record,
        example: { header_handle: handlesOf(record).map((address) => handles.get(address)) },
      };
    }),
  );

/**
 * What an edit of a copy takes, with its buttons on the moved flows. Null: the file of a header has no handle. Buttons that
 * somebody has pointed elsewhere meanwhile stay as they are.
 */
export const repointed = (
  components: readonly Component[],
  parts: Omit<DraftParts, 'name'>,
): Component[] | null =>
  mediaIn(components).every(({ address }) => parts.handles.has(address)) ? madeOwn(components, parts) : null;

/** What a creation at the destination takes: read-only parts left out, files by handle, flows by their new ids. */
export const draftOf = (template: Template, parts: DraftParts): Drafted => {
  const hindrance = whyNotDraftable(template, parts.flows);
  if (hindrance !== null || template.components === null || template.category === null) {
    return hindrance ?? { code: 'CONTENT_UNREADABLE', reason: 'the source does not show its content' };
  }
  const { language, category, parameterFormat, subCategory, components } = template;
  const head = {
    name: parts.name ?? template.name,
    language,
    category,
    ...(subCategory === null ? {} : { sub_category: subCategory }),
  };
  if (category === AUTHENTICATION)
    return { draft: { ...head, components: components.flatMap(authenticationPart) } };
  const lost = mediaIn(components).filter(({ address }) => !parts.handles.has(address));
  if (lost.length > 0)
    return { code: 'MEDIA_UNAVAILABLE', reason: 'the file of its header was not uploaded' };
  return {
    draft: {
      ...head,
      ...(parameterFormat === null ? {} : { parameter_format: parameterFormat }),
      components: madeOwn(components, parts),
    },
  };
};
