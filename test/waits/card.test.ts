/** The client pays by card, which only the client can add (R16, P-18, meta §5.1). */
import { isClosed } from '../support/journey';
import { openTask, openTimedJourney } from './timed-journey';

test('R16: a card removed before the cut-over is asked for again, seen when it is there, and nothing is announced before', async () => {
  const { stage, people, start, until, untilAsked, report, handInCode } = await openTimedJourney({
    ...{ templates: 0, destinationFunding: 'card' },
  });
  const { id } = await start({
    funding: { payer: 'client_card' },
    cutover: { approval: 'manual' },
    business: { name: 'Padaria Sol', contact: { locale: 'es' } },
  });
  await untilAsked(id, 'approve_cutover');
  await people.act('remove-card', { wabaId: '2002' });
  await stage.client.approveCutover(id, 'go');
  const asked = await untilAsked(id, 'add_payment_method');
  expect(asked).toMatchObject({ step: 'funding', state: 'waiting', waitingFor: { party: 'client' } });
  expect(openTask(asked, 'add_payment_method')).toMatchObject({
    requirement: 'R16',
    title: 'Agregue un método de pago a la cuenta de destino 2002',
  });
  await report(id, 'add_payment_method', 'hecho');
  await until(id, ({ tasks }) => tasks.filter(({ kind }) => kind === 'add_payment_method').length === 2);
  expect(await people.effects('announced')).toEqual([]);
  await people.act('attach-card', { wabaId: '2002' });
  await stage.client.recheck(id);
  await handInCode(id);
  expect(await until(id, isClosed)).toMatchObject({ state: 'completed', outcome: 'migrated' });
});
