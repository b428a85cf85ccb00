/** Names under which global set-up hands addresses to the test processes; every child of the run inherits them. */
export const ENVIRONMENT = {
  run: 'CARRYOVER_TEST_RUN',
  mongo: 'CARRYOVER_TEST_MONGODB_URI',
  temporal: 'CARRYOVER_TEST_TEMPORAL_ADDRESS',
  bundleDesk: 'CARRYOVER_TEST_BUNDLE_DESK',
} as const;

/** Stands in the handed-over MongoDB address where the database's name goes. */
export const DATABASE_PLACE = '__database__';

/** @throws Error when the test runs without the global set-up. */
export function handedOver(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run this test through Jest's global set-up`);
  return value;
}
