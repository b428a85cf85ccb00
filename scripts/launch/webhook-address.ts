import { SetUpError } from '../servers/set-up-error';

/** As the partner enters its webhook address in the App Dashboard; the address is asked for its challenge. */
export async function pointAppAt(
  sandbox: string,
  appId: string,
  url: string,
  verifyToken: string,
): Promise<void> {
  const answer = await fetch(`${sandbox}/sandbox/apps/${appId}/callback`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url, verifyToken }),
  });
  if (!answer.ok) throw new SetUpError(`The sandbox refused the webhook address: ${String(answer.status)}.`);
}
