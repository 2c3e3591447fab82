/** A piece of HTML that is safe to put into a page as it is. Only `html` makes it. */
export type Html = { readonly markup: string };

type Inserted = Html | string | number | null | false | readonly Inserted[];

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** HTML from a template: every text that is put in is escaped, also inside quoted attributes; null and false leave nothing. */
export function html(parts: TemplateStringsArray, ...values: Inserted[]): Html {
  let markup = parts[0] ?? '';
  for (const [index, value] of values.entries()) markup += insert(value) + (parts[index + 1] ?? '');
  return { markup };
}

function insert(value: Inserted): string {
  if (value === null || value === false) return '';
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  return 'markup' in value ? value.markup : value.map(insert).join('');
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
