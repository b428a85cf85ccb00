/** `{"success":true}` from `register` does not prove liveness; these two fields do (meta §1.5, §1.8). */
export const isConnected = (number: { status: string | null; platformType: string | null }): boolean =>
  number.status === 'CONNECTED' && number.platformType === 'CLOUD_API';
