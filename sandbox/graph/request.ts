import type { Platform } from '../platform/platform';
import type { Token } from '../world/schema';
import { invalidParameter } from './errors';
import type { GraphNode } from './nodes';

/** Parameters as sent: JSON body, form fields and query string are one (meta, Conventions). */
export type Parameters = Readonly<Record<string, unknown>>;

export interface GraphCall {
  readonly platform: Platform;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly version: number;
  /** The address up to the path, for paging links: `http://127.0.0.1:8090/v25.0/2001/phone_numbers`. */
  readonly address: string;
  readonly token: Token;
  readonly parameters: Parameters;
}

export interface NodeCall<N extends GraphNode = GraphNode> extends GraphCall {
  readonly node: N;
}

/** A parameter as text; numbers and booleans are taken as written. Null when absent or empty. */
export function text(parameters: Parameters, name: string): string | null {
  const value = parameters[name];
  if (typeof value === 'string') return value === '' ? null : value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return null;
}

/** @throws GraphError 100 when the parameter is missing. */
export function requiredText(parameters: Parameters, name: string): string {
  const value = text(parameters, name);
  if (value === null) throw invalidParameter(`The parameter ${name} is required.`);
  return value;
}

export function flag(parameters: Parameters, name: string): boolean {
  const value = text(parameters, name);
  if (value === null) return false;
  if (value !== 'true' && value !== 'false' && value !== '1' && value !== '0') {
    throw invalidParameter(`Param ${name} must be a boolean`);
  }
  return value === 'true' || value === '1';
}

/** A whole number from 0 up; null when absent. */
export function wholeNumber(parameters: Parameters, name: string): number | null {
  const value = text(parameters, name);
  if (value === null) return null;
  if (!/^\d{1,15}$/.test(value)) throw invalidParameter(`Param ${name} must be an integer`);
  return Number(value);
}

/** A list: a JSON array, in a body or as text, or comma separated text. Null when absent. */
export function list(parameters: Parameters, name: string): string[] | null {
  const value = parseLoose(parameters[name]);
  if (value === undefined || value === null || value === '') return null;
  if (Array.isArray(value)) return value.map(String);
  if (typeof value === 'string') return value.split(',').map((part) => part.trim());
  throw invalidParameter(`Param ${name} must be an array`);
}

/** A structured parameter: as sent in JSON, or as JSON text in a form or query. */
export function parseLoose(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value.trim())) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
