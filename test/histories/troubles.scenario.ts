/** Told only when histories are recorded: a verdict nobody knows. */
import { isClosed, openJourney, type Journey } from '../support/journey';

const toTheEnd = async ({ until }: Journey, id: string) => {
  expect(await until(id, isClosed, 60_000)).toMatchObject({ state: 'completed', outcome: 'migrated' });
};

test('the reply to a code is lost, and the status does not settle it', async () => {
  const journey = await openJourney({ templates: 0 });
  const { people, stage, start, codeFor, handInCode, until } = journey;
  const { id } = await start();
  const code = await codeFor(id);
  const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
  await people.fault({
    match: { method: 'POST', path: '/{phone}/verify_code' },
    action: { type: 'reset', act: true },
  });
  await expect(stage.client.submitVerificationCode(id, wrong)).rejects.toMatchObject({
    code: 'verdict_unknown',
  });
  await people.noFaults();
  await until(id, ({ waitingFor }) => waitingFor?.kind === 'submit_verification_code');
  await handInCode(id);
  await toTheEnd(journey, id);
});
