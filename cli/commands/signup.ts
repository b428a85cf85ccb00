import type { OpenSession, Program } from '../program';

export const addSignupCommand = (program: Program, session: OpenSession): void => {
  program
    .command('signup')
    .description(
      "make a link for the client to Meta's signup window, or take one back; it is for this migration and soon over",
    )
    .argument('<id>')
    .option('--expires-in <duration>', 'such as PT30M; two hours when left out, and never beyond the window')
    .option('--revoke <link>', 'take that link back: it and browsers that have opened it may do nothing more')
    .action(async (id, { expiresIn, revoke }) => {
      const { client, mutation, show } = session();
      if (revoke !== undefined) {
        await client.revokeLink(id, revoke, mutation);
        show({ linkId: revoke }, () => `Taken back: ${revoke}.`);
        return;
      }
      show(
        await client.makeLink(
          id,
          { purpose: 'signup', ...(expiresIn === undefined ? {} : { expiresIn }) },
          mutation,
        ),
        ({ linkId, url, expiresAt }) =>
          `${url}\nUntil ${expiresAt}. Send it to an admin of the client's portfolio. To take it back: --revoke ${linkId}`,
      );
    });
};
