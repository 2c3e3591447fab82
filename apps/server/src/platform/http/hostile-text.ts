/** What PostgreSQL cannot store as text, and names that reach into an object's prototype. */
export type HostileText = { pointer: string; detail: string };

const DEPTH_MAX = 32;
const POINTER_CHARS_MAX = 200;

/**
 * Finds the first text of a parsed body that must not come in: NUL, half of a surrogate pair, the key `__proto__`;
 * or nesting deeper than any body of ours. Null if there is none. Walks without recursion.
 */
export function findHostileText(body: unknown): HostileText | null {
  const waiting: { value: unknown; pointer: string; depth: number }[] = [{ value: body, pointer: '', depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, pointer, depth } = next;
    if (typeof value === 'string') {
      const detail = hostilityOf(value);
      if (detail !== null) return { pointer, detail };
    } else if (value !== null && typeof value === 'object') {
      if (depth >= DEPTH_MAX) return { pointer, detail: 'is nested too deeply' };
      for (const [key, inner] of Object.entries(value)) {
        const detail = key === '__proto__' ? 'must not have that name' : hostilityOf(key);
        const path = extendPointer(pointer, key);
        if (detail !== null) return { pointer: path, detail };
        waiting.push({ value: inner, pointer: path, depth: depth + 1 });
      }
    }
  }
  return null;
}

/** What is wrong with a text, or null. */
export function hostilityOf(text: string): string | null {
  if (text.includes('\0')) return 'must not contain the NUL character';
  return text.isWellFormed() ? null : 'must not contain half of a surrogate pair';
}

/** A JSON pointer (RFC 6901) one step further; cut where a caller's own names make it long. */
export function extendPointer(pointer: string, name: string): string {
  const step = name.slice(0, POINTER_CHARS_MAX).toWellFormed().replaceAll('\0', '\uFFFD').replaceAll('~', '~0').replaceAll('/', '~1');
  return `${pointer}/${step}`.slice(0, 2 * POINTER_CHARS_MAX);
}
