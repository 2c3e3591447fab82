/** The value of a JSON text, or null: what is no JSON is neither a booking nor a problem, and whoever looks finds neither. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
