import { SetUpError } from '../servers/set-up-error';

/** Posts to the practice platform's control surface. @throws SetUpError when it refuses. */
export async function sandboxPost(sandboxUrl: string, path: string, body: object): Promise<unknown> {
  const answer = await fetch(`${sandboxUrl}/sandbox${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new SetUpError(`The sandbox answered ${answer.status} to /sandbox${path}.`);
  return answer.json();
}

/** Something a person does outside the API. */
export const sandboxAct = (sandboxUrl: string, act: string, body: object): Promise<unknown> =>
  sandboxPost(sandboxUrl, `/acts/${act}`, body);
