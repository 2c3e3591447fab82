import { formatCellId } from '../../platform/ids/index.ts';
import { presentTime } from './present-time.ts';

/**
 * Terms in the API's words, for the record of what members did. A code that opens a hidden ticket type is not for everybody
 * who may read that: only whether there is one is recorded.
 */
export function recordedTerms(eventId: string, terms: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(terms).map(([name, value]) => recorded(eventId, name, value)));
}

function recorded(eventId: string, name: string, value: unknown): [string, unknown] {
  if (name === 'accessCode') return ['has_access_code', value !== null];
  if (name === 'holdLengthMs') return ['hold_seconds', Number(value) / 1000];
  if (name === 'ticketTypeIds' && Array.isArray(value))
    return ['ticket_type_ids', value.map((id) => formatCellId('typ', eventId, String(id)))];
  if (!name.endsWith('Ms')) return [snakeCase(name), value];
  const bare = snakeCase(name.slice(0, -2));
  return [bare.endsWith('_at') ? bare : `${bare}_at`, typeof value === 'number' ? presentTime(value) : null];
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
