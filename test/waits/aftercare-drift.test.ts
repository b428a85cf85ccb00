/** What may still turn in the days after the move (R28, E8, P-18, P-21, meta §11), and what has to be heard before it is accepted. */
import { createServer } from 'node:http';
import { atEndOfFile } from '../support/after-each-file';
import { isClosed } from '../support/journey';
import { DAY, HOUR, MINUTE, openTimedJourney } from './timed-journey';

const isLive = ({ state, step }: { state: string; step: string | null }) =>
  state === 'live' && step === 'aftercare';
const driftsOf = ({ findings }: { findings: { code: string }[] }) =>
  findings.map(({ code }) => code).filter((code) => code.startsWith('DRIFT_'));

/** The address of a web site over http: it leads to `secureSite` for as long as there is one, and is the site otherwise. */
const openPlainSite = async () => {
  const site: { secureSite: string | null; host: string } = { secureSite: null, host: '' };
  const server = createServer((_request, response) => {
    if (site.secureSite !== null) response.writeHead(302, { location: site.secureSite }).end();
    else response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Padaria Sol</title>');
  });
  await new Promise<void>((listening) => {
    server.listen(0, 'localhost', listening);
  });
  atEndOfFile(
    () =>
      new Promise<void>((closed) => {
        server.close(() => {
          closed();
        });
        server.closeAllConnections();
      }),
  );
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the site has no port');
  site.host = `localhost:${String(address.port)}`;
  return site;
};

test('R28, E8, P-18, P-21: a web site that lost its TLS or is dead, a payment that is gone and a rating that has not returned after 24 hours are told until they are back, the client in its language', async () => {
  const site = await openPlainSite();
  const journey = await openTimedJourney({
    ...{ templates: 0, destinationFunding: 'card' as const },
    stage: { policy: { invoiceTail: 0, aftercareEvery: 6 * HOUR }, siteHosts: [site.host] },
  });
  const { stage, people, straight, start, handInCode, until, pass, subscriber } = journey;
  const { businessId, destinationWabaId } = straight.ids;
  const secureSite = stage.siteOf(businessId);
  site.secureSite = secureSite;
  const website = `http://${site.host}`;
  const { id } = await start({
    ...{ funding: { payer: 'client_card' as const }, aftercare: { hours: 72 } },
    business: { name: 'Padaria Sol', website, contact: { locale: 'pt-BR' } },
  });
  await handInCode(id);
  await until(id, isLive);
  await people.act('rate-quality', { number: subscriber(), quality: 'UNKNOWN' });
  await pass(7 * HOUR);
  expect(driftsOf(await until(id, isLive))).toEqual([]);

  site.secureSite = null;
  await pass(7 * HOUR);
  const fallen = await until(id, (now) => driftsOf(now).includes('DRIFT_WEB_SITE_OF_THE_BUSINESS'));
  expect(fallen.findings).toContainEqual(
    expect.objectContaining({
      ...{ code: 'DRIFT_WEB_SITE_OF_THE_BUSINESS', requirement: 'R28', party: 'client' },
      message: 'Depois da migração: o site da empresa é mostrado sem TLS (https).',
      remedy: expect.stringMatching(/^Volte a mostrar o site por https/),
      evidence: { expected: 'no ar', observed: 'no ar, sem TLS (https)' },
    }),
  );
  site.secureSite = secureSite;

  await people.act('site', { businessId, state: 'down' });
  await people.act('remove-card', { wabaId: destinationWabaId });
  await pass(DAY);
  const turned = await until(id, (now) => driftsOf(now).includes('DRIFT_QUALITY_RATING'));
  expect(turned.findings).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        ...{ code: 'DRIFT_WEB_SITE_OF_THE_BUSINESS', requirement: 'R28', party: 'client' },
        message: expect.stringMatching(/^Depois da migração: o site da empresa não abre/),
        remedy: expect.stringMatching(/^Recoloque o site no ar.*a Meta pode tirar a conta do ar/),
        evidence: { expected: 'no ar', observed: expect.stringMatching(/^não abre \(/) },
      }),
      expect.objectContaining({
        ...{ code: 'DRIFT_PAYMENT', requirement: 'P-18', party: 'client' },
        evidence: { expected: 'vinculada', observed: 'nenhuma' },
      }),
      expect.objectContaining({
        code: 'DRIFT_QUALITY_RATING',
        remedy: expect.stringContaining('ticket with Meta'),
      }),
    ]),
  );
  expect(turned.state).toBe('live');

  await people.act('site', { businessId, state: 'live' });
  await people.act('attach-card', { wabaId: destinationWabaId });
  await people.act('rate-quality', { number: subscriber(), quality: 'GREEN' });
  await pass(2 * DAY);
  const moved = await until(id, isClosed);
  expect(moved).toMatchObject({ state: 'completed', outcome: 'migrated' });
  expect(driftsOf(moved)).toEqual([]);
});

test('P-20: a deployment may ask that a message was received and one sent before the number counts as accepted; P-21: messages that fail in the days after are told with Meta’s codes and their share until they do not any more, beside how many were sent, delivered and read; P-18: so is a line of credit that is revoked', async () => {
  const { people, straight, start, handInCode, until, pass } = await openTimedJourney({
    templates: 0,
    stage: {
      policy: {
        ...{ invoiceTail: 0, aftercareEvery: 6 * HOUR },
        acceptanceNeeds: ['first_inbound', 'first_outbound'],
        failedMessages: { least: 3, share: 0.2 },
      },
    },
  });
  const phoneNumber = straight.numbers[0]?.phoneNumber;
  const checkOf = ({ acceptance }: Awaited<ReturnType<typeof until>>, name: string) =>
    acceptance.find((check) => check.name === name);
  const { id } = await start({ aftercare: { hours: 72 } });
  await handInCode(id);
  const waiting = await until(id, ({ step, state }) => step === 'acceptance' && state !== 'running');
  for (const name of ['first message received', 'first message sent'])
    expect(checkOf(waiting, name)).toMatchObject({ required: true, ok: false, requirement: 'P-10' });
  await people.act('inbound-message', { phoneNumber, text: 'is anybody there?' });
  await pass(15 * MINUTE);
  const heard = await until(id, (now) => checkOf(now, 'first message received')?.ok === true);
  expect(heard).toMatchObject({ step: 'acceptance', state: 'waiting' });
  expect(checkOf(heard, 'first message sent')).toMatchObject({ ok: false, observed: 'not observed yet' });
  await people.act('send-traffic', { phoneNumber, volume: 1 });
  await pass(15 * MINUTE);
  const live = await until(id, isLive);
  expect(checkOf(live, 'first message sent')).toMatchObject({ ok: true });

  // Told three times each, and long before the next look: a failed message is one, and it is looked at now.
  await people.knobs({ webhookDuplicates: 2 });
  await people.act('send-messages', { phoneNumber, delivered: 5, read: 2 });
  await people.untilWebhooksTaken();
  await people.act('send-messages', { phoneNumber, failed: 4, code: 131042 });
  const failing = await until(id, (now) => driftsOf(now).includes('DRIFT_FAILED_MESSAGES'));
  expect(failing.findings.find(({ code }) => code === 'DRIFT_FAILED_MESSAGES')).toMatchObject({
    ...{ requirement: 'P-21', severity: 'warning', party: 'operator' },
    message: expect.stringMatching(
      /^After the move, 4 of about \d+ messages of the last 24 hours failed \(\d+ %.*131042: 4\)/,
    ),
    remedy: expect.stringContaining('Payment settings'),
    evidence: {
      expected: 'less than 20 %',
      observed: expect.stringMatching(
        /since the move about \d+: [56] sent, [56] delivered, [12] read, 4 failed$/,
      ),
    },
  });
  expect(failing.observed?.sentAtDestination).toMatchObject({
    ...{ failed: 4, byCode: [{ code: 131042, count: 4 }] },
  });
  // Of a few the estimate is off by one at most; what was sent was delivered, so that both are the same.
  const watch = failing.observed?.sentAtDestination?.watch;
  expect(watch?.failed).toBe(4);
  expect([5, 6]).toContain(watch?.sent);
  expect(watch?.delivered).toBe(watch?.sent);
  expect([1, 2]).toContain(watch?.read);

  await people.act('revoke-credit', { wabaId: straight.ids.destinationWabaId });
  await pass(7 * HOUR);
  const revoked = await until(id, (now) => driftsOf(now).includes('DRIFT_HEALTH'));
  expect(revoked.state).toBe('live');
  // The line is the partner's, not the client's; it cannot be attached a second time, so that it is told to the end.
  expect(revoked.findings.find(({ code }) => code === 'DRIFT_HEALTH')).toMatchObject({
    ...{ severity: 'warning', party: 'operator' },
    message: expect.stringContaining('141006'),
    remedy: expect.stringContaining('fix the payment method'),
  });
  await pass(3 * DAY);
  const moved = await until(id, isClosed);
  expect(moved).toMatchObject({ state: 'completed', outcome: 'migrated' });
  expect(driftsOf(moved)).toEqual(['DRIFT_HEALTH']);
});
