/** What a listing shows, turned into what a creation takes (meta §4.3), by tables and by property. */
import fc from 'fast-check';
import {
  comparable,
  draftOf,
  flowIdsIn,
  mediaIn,
  repointed,
  shownContent,
  whyNotDraftable,
} from '../../activities/templates/content';
import { CampaignTemplates } from '../../activities/templates/campaign-templates';
import { isToBeRepointed, openedAtSource } from '../../activities/templates/old-flows';
import { isToBeRecreated } from '../../activities/templates/recreate';
import { smaller } from '../../activities/templates/copy-size';
import { mayBeFetched } from '../../platforms/meta/media';
import type { Component, Template } from '../../platforms/meta/templates';
import type { TemplateRow } from '../../store';

const NO_PARTS = { flows: new Map<string, string>(), handles: new Map<string, string>() };
const aTemplate = (components: Component[], change: Partial<Template> = {}): Template => ({
  ...{ id: '4001', name: 'order', language: 'pt_BR', category: 'UTILITY', status: 'APPROVED' },
  ...{ quality: 'GREEN', rejectedReason: null, parameterFormat: 'POSITIONAL', subCategory: null },
  components,
  ...change,
});
const BODY = { type: 'BODY', text: 'Hi {{1}}, thanks.', example: { body_text: [['Ann']] } };
const IMAGE = {
  type: 'HEADER',
  format: 'IMAGE',
  example: { header_handle: ['https://scontent.whatsapp.net/v/1.jpg?oh=1'] },
};
const FLOW = { type: 'BUTTONS', buttons: [{ type: 'FLOW', text: 'Book', flow_id: '9101', flow_name: 'b' }] };

describe('§4.3: a draft', () => {
  test('has no read-only part, keeps the format of its parameters, files by handle and flows by their new ids', () => {
    const drafted = draftOf(aTemplate([IMAGE, BODY, FLOW], { parameterFormat: 'NAMED' }), {
      flows: new Map([['9101', '9201']]),
      handles: new Map([['https://scontent.whatsapp.net/v/1.jpg?oh=1', '4::handle']]),
    });
    expect(drafted).toEqual({
      draft: {
        ...{ name: 'order', language: 'pt_BR', category: 'UTILITY', parameter_format: 'NAMED' },
        components: [
          { ...IMAGE, example: { header_handle: ['4::handle'] } },
          BODY,
          { type: 'BUTTONS', buttons: [{ type: 'FLOW', text: 'Book', flow_id: '9201' }] },
        ],
      },
    });
  });

  test('of a carousel has the files of its cards', () => {
    const card = { components: [{ ...IMAGE }, { type: 'BODY', text: 'One' }] };
    const carousel = { type: 'CAROUSEL', cards: [card, card] };
    expect(mediaIn([BODY, carousel])).toHaveLength(2);
    expect(draftOf(aTemplate([BODY, carousel]), NO_PARTS)).toMatchObject({ code: 'MEDIA_UNAVAILABLE' });
  });

  test.each([
    [
      'as Meta lists it',
      { type: 'URL', text: 'Copy', url: 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE' },
    ],
    ['as it was created', { type: 'OTP', otp_type: 'COPY_CODE', text: 'Copy' }],
  ])('of an authentication template sends flags, not text: %s', (_how, button) => {
    const components = [
      { type: 'BODY', text: '*{{1}}* is your code.', add_security_recommendation: true, example: {} },
      { type: 'FOOTER', text: 'This code expires in 5 minutes.' },
      { type: 'BUTTONS', buttons: [button] },
    ];
    expect(draftOf(aTemplate(components, { category: 'AUTHENTICATION' }), NO_PARTS)).toMatchObject({
      draft: {
        components: [
          { type: 'BODY', add_security_recommendation: true },
          { type: 'FOOTER', code_expiration_minutes: 5 },
          { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE', text: 'Copy' }] },
        ],
      },
    });
  });

  test.each([
    ['a flow that was not moved', [BODY, FLOW], 'FLOW_NOT_MOVED'],
    ['a catalogue', [BODY, { type: 'BUTTONS', buttons: [{ type: 'MPM', text: 'See' }] }], 'CATALOG_NEEDED'],
    ['no content', [], 'CONTENT_UNREADABLE'],
  ])('cannot be made of a template with %s', (_what, components, code) => {
    expect(whyNotDraftable(aTemplate(components), new Map())).toMatchObject({ code });
  });
});

describe('R9: two contents', () => {
  test('are equal when customers read the same: examples, addresses and ids of flows are the account’s own', () => {
    const other = { ...IMAGE, example: { header_handle: ['https://scontent.whatsapp.net/v/2.jpg'] } };
    const button = { text: 'Book', flow_id: '1', type: 'flow' };
    expect(comparable([IMAGE, BODY, FLOW])).toBe(
      comparable([other, { ...BODY, example: {} }, { type: 'BUTTONS', buttons: [button] }]),
    );
    expect(comparable([BODY])).not.toBe(comparable([{ ...BODY, text: 'Bye {{1}}, thanks.' }]));
    expect(flowIdsIn([FLOW, FLOW])).toEqual(['9101']);
  });

  test('are shown without signed addresses', () => {
    expect(shownContent([IMAGE, BODY])).not.toContain('scontent');
    expect(shownContent([IMAGE, BODY])).toContain('Hi {{1}}');
  });

  test('that differ only in the order of their properties are equal', () => {
    const component = fc.dictionary(fc.constantFrom('type', 'text', 'format', 'url'), fc.string());
    fc.assert(
      fc.property(fc.array(component), (components) => {
        const turned = components.map((one) => Object.fromEntries(Object.entries(one).reverse()));
        expect(comparable(turned)).toBe(comparable(components));
      }),
    );
  });
});

describe('a file of a header', () => {
  test.each([
    ['https://scontent.whatsapp.net/v/1.jpg', true],
    ['https://lookaside.fbsbx.com/whatsapp/1.jpg', true],
    ['http://scontent.whatsapp.net/v/1.jpg', false],
    ['https://scontent.whatsapp.net:8443/v/1.jpg', false],
    ['https://whatsapp.net.example.com/1.jpg', false],
    ['https://notwhatsapp.net/1.jpg', false],
    ['https://user:word@scontent.whatsapp.net/1.jpg', false],
    ['http://169.254.169.254/latest/meta-data', false],
    ['file:///etc/passwd', false],
    ['https://graph.facebook.com/1.jpg', true],
    ['http://graph.facebook.com/1.jpg', false],
    ['no address', false],
  ])('%s may be fetched: %s', (address, expected) => {
    expect(mayBeFetched(address, 'https://graph.facebook.com')).toBe(expected);
  });
});

describe('R7: worth creating anew', () => {
  const row = {
    outcome: 'left_behind',
    required: false,
    createAs: null,
    recreation: null,
    sourceId: '1',
  } as const;
  const wish = { recreateIneligible: true };
  test.each([
    ['QUALITY_YELLOW', false, true],
    ['QUALITY_RED', false, false],
    ['QUALITY_RED', true, true],
    ['SOURCE_PENDING', false, true],
    ['SOURCE_PAUSED', false, false],
    ['SOURCE_PAUSED', true, true],
    ['SOURCE_REJECTED', true, false],
    ['SOURCE_DISABLED', true, false],
    ['COPY_REFUSED', false, true],
    ['NO_ROOM', true, false],
    ['RECHECK_REJECTED', true, false],
  ] as const)('%s, required %s: %s', (code, required, expected) => {
    expect(isToBeRecreated({ ...row, code, required }, wish)).toBe(expected);
  });

  test('is a setting, is not done unasked, and not twice', () => {
    const given = { ...row, code: 'QUALITY_RED' } as const;
    expect(isToBeRecreated(given, { ...wish, worth: { QUALITY_RED: 'always' } })).toBe(true);
    expect(isToBeRecreated({ ...row, code: 'QUALITY_YELLOW' }, { recreateIneligible: false })).toBe(false);
    expect(isToBeRecreated({ ...row, code: 'QUALITY_YELLOW', recreation: 'refused' }, wish)).toBe(false);
  });
});

test('§4.1: after a time-out a size is a part of the one before, down to one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 500 }), (size) => {
      expect(smaller(size)).toBeLessThan(size);
      expect(size % smaller(size)).toBe(0);
    }),
  );
  expect(smaller(1)).toBe(1);
});

describe('R12, §4.3: a copy that opens a flow of the old account', () => {
  const MOVED = new Map([['9101', '9201']]);
  const flow = (id: string) => ({ type: 'BUTTONS', buttons: [{ type: 'FLOW', text: 'Book', flow_id: id }] });
  const there = (id: string, status = 'APPROVED') => ({
    ...{ id: '1', name: 'order', language: 'pt_BR', category: 'UTILITY', status, rejectedReason: null },
    content: [BODY, flow(id)],
  });

  test.each([
    ['opens it', '9101', 'APPROVED', null, ['9101'], true],
    ['opens the moved one', '9201', 'APPROVED', null, [], false],
    ['opens one of the client’s choice', '9999', 'APPROVED', null, [], false],
    ['opens one that was not moved', '9102', 'APPROVED', null, ['9102'], false],
    ['was edited, and the review hides it', '9101', 'PENDING', 'begun', [], false],
    ['was begun, and the edit never came', '9101', 'APPROVED', 'begun', ['9101'], true],
    ['was refused', '9101', 'APPROVED', 'refused', ['9101'], false],
    ['was edited and opens it all the same', '9101', 'APPROVED', 'done', ['9101'], false],
    ['is reviewed for another reason', '9101', 'PENDING', null, ['9101'], true],
  ] as const)('%s', (_which, flowId, status, flowEdit, opened, isToDo) => {
    const row = { flowIds: ['9101', '9102'], flowEdit };
    const found = openedAtSource(row, there(flowId, status));
    expect(found).toEqual(opened);
    expect(isToBeRepointed(row, found, MOVED)).toBe(isToDo);
  });

  test('is edited whole: only the ids of moved flows become others, and files want a handle', () => {
    const card = { components: [{ ...IMAGE }, { type: 'BODY', text: 'One' }, flow('9101')] };
    const content = [BODY, flow('9999'), { type: 'CAROUSEL', cards: [card] }];
    expect(repointed(content, { flows: MOVED, handles: new Map() })).toBeNull();
    const handles = new Map([['https://scontent.whatsapp.net/v/1.jpg?oh=1', '4::handle']]);
    expect(repointed(content, { flows: MOVED, handles })).toEqual([
      BODY,
      flow('9999'),
      {
        type: 'CAROUSEL',
        cards: [
          {
            components: [
              { ...IMAGE, example: { header_handle: ['4::handle'] } },
              { type: 'BODY', text: 'One' },
              flow('9201'),
            ],
          },
        ],
      },
    ]);
  });
});

describe('P-8: the templates that campaigns wait for', () => {
  const row = (name: string, sourceStatus: string, change: Partial<TemplateRow> = {}): TemplateRow => ({
    ...{ name, language: 'pt_BR', category: 'UTILITY', sourceId: '1', sourceStatus, sourceQuality: 'GREEN' },
    ...{ plan: 'copy', outcome: 'copied', reason: null, code: null, required: false, destinationId: null },
    ...{ destinationStatus: null, destinationCategory: null, destinationQuality: null, contentDiffers: null },
    ...{ sourceContent: null, destinationContent: null, createAs: null, keptInFavourOf: null, askedAt: null },
    ...{ recreation: null, flowIds: [], flowEdit: null, checkedAt: '2026-11-23T00:00:00.000Z' },
    ...change,
  });
  const there = new Map(
    Object.entries({ 'a/pt_BR': 'APPROVED', 'b/pt_BR': 'REJECTED', 'e_v2/pt_BR': 'APPROVED' }).map(
      ([key, status]) => [key, { status }],
    ),
  );
  const rows = [
    row('a', 'APPROVED'),
    row('b', 'APPROVED'),
    row('c', 'APPROVED'),
    row('d', 'REJECTED'),
    row('e', 'APPROVED', { createAs: 'e_v2', recreation: 'created' }),
  ];
  const difference = (required: string[], need: 'all' | 'required') => {
    const found = new CampaignTemplates(required, there, need);
    for (const one of rows) found.see(one);
    return found.found;
  };

  test('are those that could be sent at the source, and the required ones once each', () => {
    expect(difference(['c/pt_BR', 'own/pt_BR', 'a/pt_BR'], 'all')).toEqual({
      ...{ need: 'all', count: 3, first: ['c/pt_BR', 'own/pt_BR', 'b/pt_BR'] },
    });
  });

  test('are the required ones alone where the deployment says so', () => {
    expect(difference(['c/pt_BR'], 'required')).toMatchObject({ count: 1, first: ['c/pt_BR'] });
    expect(difference(['a/pt_BR'], 'required')).toMatchObject({ count: 0 });
  });
});
