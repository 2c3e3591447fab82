type Json = Record<string, unknown>;

/**
 * Moves every schema that has a title into the document's components and refers to it from there, so that readers and
 * generated clients see one Booking and not five; and says of a body that may be null that it is not required.
 * Schemas of one title must be alike, but for their description.
 */
export function tidyDocument<Document extends { paths?: unknown; components?: unknown }>(document: Document): Document {
  const named = new Map<string, unknown>();
  const paths = rewrite(document.paths ?? {}, named);
  const schemas = Object.fromEntries([...named].sort(([one], [other]) => (one < other ? -1 : 1)));
  return { ...document, paths, components: { ...(document.components as Json), schemas } };
}

function rewrite(value: unknown, named: Map<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((one) => rewrite(one, named));
  if (value === null || typeof value !== 'object') return value;
  const copy: Json = {};
  for (const [key, inner] of Object.entries(value)) {
    copy[key] = rewrite(inner, named);
    if (key === 'requestBody' && isNullable(inner)) copy[key] = { ...(copy[key] as Json), required: false };
  }
  const { title, type } = copy;
  const isNamed = typeof title === 'string' && type !== undefined && /^[A-Z][A-Za-z]*$/.test(title);
  return isNamed ? refer(title, copy, named) : copy;
}

function isNullable(requestBody: unknown): boolean {
  const { content = {} } = requestBody as { content?: Record<string, { schema?: { type?: unknown } }> };
  return Object.values(content).some(({ schema }) => Array.isArray(schema?.type) && schema.type.includes('null'));
}

function refer(title: string, schema: Json, named: Map<string, unknown>): unknown {
  const { description: _, ...shape } = schema;
  const known = named.get(title);
  if (known === undefined) named.set(title, shape);
  else if (JSON.stringify(known) !== JSON.stringify(shape)) throw new Error(`Two different schemas are called ${title}.`);
  return { $ref: `#/components/schemas/${title}` };
}
