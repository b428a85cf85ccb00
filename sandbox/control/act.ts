import { type z } from 'zod';
import type { Platform } from '../platform/platform';

export type ActResult = Record<string, unknown>;

/** Something a person does outside the API. `run` is one synchronous change. */
export interface Act {
  readonly title: string;
  readonly input: readonly string[];
  readonly run: (platform: Platform, body: unknown) => ActResult;
}

/** Describes an act by its input schema, which is checked before it runs. */
export function act<S extends z.ZodObject>(
  title: string,
  schema: S,
  run: (platform: Platform, input: z.output<S>) => ActResult,
): Act {
  return {
    title,
    input: Object.keys(schema.shape),
    run: (platform, body) => run(platform, schema.parse(body ?? {})),
  };
}
