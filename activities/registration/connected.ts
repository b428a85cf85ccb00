/** `{"success":true}` from `register` does not prove liveness; these two fields do (meta §1.5, §1.8). */
export const isConnected = (number: { status: string | null; platformType: string | null }): boolean =>
  number.status === 'CONNECTED' && number.platformType === 'CLOUD_API';

/** As a number stands that was announced and not registered yet (meta §2.2, §12.2: S2 to S4x). */
export const isStillAnnounced = (number: { status: string | null; platformType: string | null }): boolean =>
  number.platformType === 'NOT_APPLICABLE' && (number.status === 'PENDING' || number.status === 'UNVERIFIED');
