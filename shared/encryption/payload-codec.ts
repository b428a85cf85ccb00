/** Everything that enters a Temporal history passes here: payloads and, through the failure converter, error texts. */
import type { DataConverter, PayloadCodec } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import type { KeyRing } from './key-ring';

type Payload = temporal.api.common.v1.IPayload;

const ENCODING = 'binary/encrypted';
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (bytes: Uint8Array | null | undefined): string =>
  new TextDecoder().decode(bytes ?? new Uint8Array());

export class EncryptionCodec implements PayloadCodec {
  constructor(private readonly keys: KeyRing) {}

  encode(payloads: Payload[]): Promise<Payload[]> {
    return Promise.resolve(
      payloads.map((payload) => {
        const sealed = this.keys.seal(temporal.api.common.v1.Payload.encode(payload).finish());
        return {
          metadata: { encoding: utf8(ENCODING), 'encryption-key-id': utf8(sealed.keyId) },
          data: sealed.data,
        };
      }),
    );
  }

  decode(payloads: Payload[]): Promise<Payload[]> {
    return Promise.resolve(
      payloads.map((payload) => {
        if (text(payload.metadata?.['encoding']) !== ENCODING) return payload;
        const keyId = text(payload.metadata?.['encryption-key-id']);
        return temporal.api.common.v1.Payload.decode(
          this.keys.open({ keyId, data: Buffer.from(payload.data ?? new Uint8Array()) }),
        );
      }),
    );
  }
}

/** Resolved beside this file in the build; the worker loads it into the workflow sandbox. */
export const FAILURE_CONVERTER_PATH = require.resolve('./failure-converter');

export const encryptedDataConverter = (keys: KeyRing): DataConverter => ({
  payloadCodecs: [new EncryptionCodec(keys)],
  failureConverterPath: FAILURE_CONVERTER_PATH,
});
