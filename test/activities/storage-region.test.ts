/** Where Meta is to keep the data of a number (meta §1.5): told before the registration, or nothing is registered. */
import { createRegistrationActivities } from '../../activities/registration';
import { createVerificationActivities } from '../../activities/verification';
import type { Policy } from '../../shared/policy';
import { aSubject, DESTINATION_WABA, openBenches, problemIn, run, type WorldWish } from './world';

const openBench = openBenches('storage-region');
const SETTINGS = '/{phone}/settings';
const REGISTER = '/{phone}/register';

const proven = async (wish: WorldWish = {}) => {
  const bench = await openBench(wish);
  await bench.forgetAttempts();
  const subject = aSubject({
    destination: {
      ...{ provider: 'meta', businessId: '1001', wabaId: DESTINATION_WABA, credential: 'destination' },
      dataLocalizationRegion: 'BR',
    },
  });
  const ownership = createVerificationActivities(bench.deps);
  const { phoneNumberId: id } = await run(ownership.announceNumber, { subject, wabaId: DESTINATION_WABA });
  await run(ownership.requestCode, { subject, phoneNumberId: id, method: 'sms', language: 'pt_BR' });
  await run(ownership.verifyCode, { subject, phoneNumberId: id, code: await bench.newestCode() });
  const { registerNumber } = createRegistrationActivities(bench.deps, {
    ...{ lostReplyReadMs: 400, openCallMs: 400, actsWithinMs: 400 },
  });
  const input = { subject, wabaId: DESTINATION_WABA, phoneNumberId: id };
  return {
    bench,
    register: (attempt = 1, storageRegionAt?: Policy['storageRegionAt']) =>
      run(
        registerNumber,
        { ...input, ...(storageRegionAt === undefined ? {} : { storageRegionAt }) },
        attempt,
      ),
    region: () => bench.sandbox.world().records.find((record) => record.id === id)?.storageRegion,
    toldBySettings: async () =>
      (await bench.calls(SETTINGS)).filter(({ method }) => method === 'POST').length,
  };
};

test('the region of the request is set before the number is registered, once, however often it is run', async () => {
  const { bench, register, region, toldBySettings } = await proven();
  await bench.fault({
    match: { path: '*/register', nth: 1 },
    action: { type: 'fail', status: 400, code: 200, message: 'refused' },
  });
  await problemIn(register());
  expect(region()).toBe('BR');
  expect(await register(2)).toMatchObject({ outcome: 'registered' });
  expect(await toldBySettings()).toBe(1);
  expect(await bench.effects('storage_region_set')).toHaveLength(1);
  expect(await bench.effects('registered')).toMatchObject([{ facts: { storageRegion: 'BR' } }]);
});

test('a lost reply is settled by reading; one that never arrived leaves the number as it was', async () => {
  const { bench, register, region, toldBySettings } = await proven();
  await bench.fault({
    match: { method: 'POST', path: '*/settings', nth: 1 },
    action: { type: 'drop-before' },
  });
  expect(await problemIn(register())).toMatchObject({ effect: 'none', triedAgain: true });
  expect(await bench.calls(REGISTER)).toEqual([]);
  expect(region()).toBeUndefined();
  await bench.healed();
  await bench.fault({
    match: { method: 'POST', path: '*/settings', times: 1 },
    action: { type: 'act-then-drop' },
  });
  expect(await register(2)).toMatchObject({ outcome: 'registered' });
  expect(await toldBySettings()).toBe(2);
  expect(await bench.effects('registered')).toMatchObject([{ facts: { storageRegion: 'BR' } }]);
});

test('a deployment may tell it with the registration instead, as Meta’s page of the call says; where Meta refuses that, nothing is registered', async () => {
  const asPage = await proven({ knobs: { storageRegionAt: 'register' } });
  expect(await asPage.register(1, 'register')).toMatchObject({ outcome: 'registered' });
  expect(asPage.region()).toBe('BR');
  expect(await asPage.toldBySettings()).toBe(0);

  const asChangelog = await proven();
  expect(await problemIn(asChangelog.register(1, 'register'))).toMatchObject({ effect: 'none' });
  expect(await asChangelog.bench.effects('registered')).toEqual([]);
  expect(asChangelog.region()).toBeUndefined();
});
