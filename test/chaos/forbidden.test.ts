/** What must stand in no log and no history is found wherever it stands, and nothing else is taken for it. */
import { forbiddenIn, foundIn } from '../../chaos/forbidden';

const { secrets, personal } = forbiddenIn({
  subscribers: [
    {
      ...{ id: 'one', digits: '5511970000001', twoStep: { on: true, pin: '482913' } },
      inbox: [{ text: 'Your code is 104-857' }],
    },
  ],
  tokens: [{ name: 'f0-source', value: 'f0-source-token' }],
  records: [],
  wabas: [],
});
/** Its PIN is by chance the code that came to the other. */
const { secrets: without } = forbiddenIn({
  subscribers: [
    { id: 'one', digits: '5511970000001', twoStep: { on: true, pin: '104857' }, inbox: [] },
    {
      ...{ id: 'two', digits: '5511970000002', twoStep: { on: true, pin: '482913' } },
      inbox: [{ text: 'Your code is 104-857' }],
    },
  ],
  tokens: [],
  records: [],
  wabas: [],
});
const found = (...documents: string[]): string[] => foundIn('a log', documents, secrets, personal);

test.each([
  ['a code in a field', '{"detail":"the code 104857 was refused"}', 'a verification code'],
  ['a code as a number', '{"code":104857}', 'a verification code'],
  ['a code in what a counter contains', '{"version":{"code":"104857"}}', 'a verification code'],
  ['a code as the message writes it', 'code 104-857', 'a verification code'],
  ['a PIN as the name of a field', '{"482913":true}', 'a two-step PIN'],
  ['a token in a line that is no document', 'Authorization f0-source-token {', 'a token'],
  ['a phone number deep inside', '[[{"a":{"b":["+5511970000001"]}}]]', 'a phone number'],
])('%s is found', (_what, document, name) => {
  expect(found('{"fine":1}', document)).toEqual([`${name} stands in a log`]);
});

test.each([
  ['the number of a task of Temporal', '{"eventId":"104857","taskId":"104857"}'],
  ['the number of an earlier event', '{"workflowTaskCompletedEventId":"104857"}'],
  ['a process and a port', '{"pid":104857,"remotePort":104857}'],
  ['a time that something took', '{"durationMs":104857,"responseTime":104857}'],
  ['digits inside something encoded', '{"data":"ab104857cd"}'],
])('%s is taken for no code', (_what, document) => {
  expect(found(document)).toEqual([]);
});

test('a code may stand in a decrypted history, also when it is the PIN of another number', () => {
  expect(foundIn('a history', ['{"code":"104857"}'], without)).toEqual([]);
  expect(foundIn('a history', ['{"pin":"482913"}'], without)).toEqual(['a two-step PIN stands in a history']);
});
