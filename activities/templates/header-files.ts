/** Files of headers: a listing shows an address, a creation or an edit wants the handle of a new upload (meta §4.3). */
import type { GraphClient } from '../../platforms/meta';
import { fetchMedia, MediaUnavailable, uploadMedia } from '../../platforms/meta/media';
import type { Component } from '../../platforms/meta/templates';
import { attemptSignal } from '../attempt';
import type { ActivityDeps } from '../context';
import { mediaIn } from './content';

/** Handles by the address that was listed. @throws MediaUnavailable for a file that cannot be fetched or uploaded. */
export const uploadHeaderFiles = async (
  { appId }: ActivityDeps,
  destination: GraphClient,
  components: readonly Component[],
): Promise<Map<string, string>> => {
  const handles = new Map<string, string>();
  for (const { address, format } of mediaIn(components)) {
    if (appId === null) throw new MediaUnavailable('no app is configured to upload it with (META_APP_ID)');
    const file = await fetchMedia(address, format, {
      graphUrl: destination.baseUrl,
      signal: attemptSignal(),
    });
    handles.set(address, await uploadMedia(destination, appId, file));
  }
  return handles;
};
