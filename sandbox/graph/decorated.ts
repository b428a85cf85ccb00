/**
 * An answer as a later version of the platform might give it: objects have fields nobody knows, and one field, where
 * it is named, a value nobody knows. What was there stays there.
 */
export function decorated(
  body: unknown,
  { field, value }: { readonly field?: string | undefined; readonly value: unknown },
): unknown {
  // Objects that are maps (the failed templates of a copy, by id) stay what they are: a further key would be a further row.
  const visit = (part: unknown, isObject: boolean): unknown => {
    if (Array.isArray(part)) return part.map((item: unknown) => visit(item, true));
    if (typeof part !== 'object' || part === null) return part;
    const own = Object.entries(part).map(([name, inner]) => [
      name,
      name === field ? value : visit(inner, false),
    ]);
    return Object.fromEntries(isObject || 'id' in part ? [...own, ...Object.entries(OF_TOMORROW)] : own);
  };
  return visit(body, true);
}

const OF_TOMORROW = { field_of_tomorrow: { of: ['another', 'version'] }, also_new: null };
