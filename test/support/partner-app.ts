/** What the server and the worker are told of the partner's app. */
import type { Sandbox } from '../../sandbox';
import type { SignupSettings } from '../../server/deps';

/** The app of the partner at the practice platform. */
export const partnerAppOf = (sandbox: Sandbox) => {
  const { apps, partnerAppId } = sandbox.world();
  return apps.find(({ id }) => id === partnerAppId);
};

/** Meta's popup is the practice platform's. */
export const signupOf = (sandbox: Sandbox): SignupSettings | null => {
  const app = partnerAppOf(sandbox);
  const configuration = app?.configurations[0];
  if (app === undefined || configuration === undefined) return null;
  return {
    appId: app.id,
    configId: configuration.id,
    sdkUrl: `${sandbox.url}/sandbox/sdk.js`,
    graphVersion: 'v25.0',
    messageOrigins: [sandbox.url],
  };
};
