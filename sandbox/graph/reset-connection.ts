import type { Socket } from 'node:net';

/**
 * RST instead of FIN: the other side's next read fails with ECONNRESET. A connection whose end is on its way just now can only
 * be destroyed: Node 20 and 22 never close one that is reset then (EINVAL), and the process hangs when it exits.
 */
export const resetConnection = (socket: Socket): void => {
  if (socket.writableEnded && !socket.writableFinished) socket.destroy();
  else socket.resetAndDestroy();
};
