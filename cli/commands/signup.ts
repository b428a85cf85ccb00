import type { OpenSession, Program } from '../program';

export const addSignupCommand = (program: Program, session: OpenSession): void => {
  program
    .command('signup')
    .description(
      "make a link for the client to Meta's signup window; it is for this migration and soon over (needs a key of the role backend)",
    )
    .argument('<id>')
    .action(async (id) => {
      const { client, mutation, show } = session();
      show(
        await client.openSignupSession(id, mutation),
        ({ url, expiresAt }) => `${url}\nUntil ${expiresAt}. Send it to an admin of the client's portfolio.`,
      );
    });
};
