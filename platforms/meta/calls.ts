/**
 * The calls of Graph that Carryover makes, named by method and edge: `POST register`, `GET phone_numbers`,
 * `GET node`. Names stand in logs, evidence and the error catalogue, where a path with its ids would not be the same
 * twice.
 */

export type Method = 'GET' | 'POST' | 'DELETE';

/** `/123/register` under POST is `POST register`; a bare id is a node. */
export const callOf = (method: Method, path: string): string => {
  if (path.startsWith('upload:')) return `${method} upload`;
  const last = path.split('/').filter(Boolean).at(-1) ?? '';
  return `${method} ${/^[a-z_]+$/.test(last) ? last : 'node'}`;
};

/** Whether a lost answer can leave something done. */
export const isWrite = (method: Method): boolean => method !== 'GET';
