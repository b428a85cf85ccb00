import { startSharedServers, stopSharedServers } from './shared-servers';

export default async function setUp(): Promise<void> {
  try {
    await startSharedServers();
  } catch (error) {
    await stopSharedServers();
    throw error;
  }
}
