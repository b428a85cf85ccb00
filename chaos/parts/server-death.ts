/** The server dies, its lines with it, and another takes its place. */
import type { Site } from '../site';

export const killAndStart = async ({ server }: Site): Promise<void> => {
  await server.kill();
  for (const gate of Object.values(server.gates)) {
    gate.cut();
    gate.open();
  }
  await server.start();
};
