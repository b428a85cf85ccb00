/** The adapter to Meta's Graph API. What else is in this folder is its own business. */
export { GraphClient, type CallLogger, type CallOptions, type GraphClientOptions } from './graph-client';
export { PlatformError } from './platform-error';
export { UsageGauge } from './usage-gauge';
export { ownProblem } from './classify';
