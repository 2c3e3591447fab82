const PATH_CHARS_MAX = 500;

/** The path of a request's URL, for logs: without the query, which may hold an access code. */
export function pathOf(url: string | undefined): string {
  return (url ?? '').split('?', 1)[0]!.slice(0, PATH_CHARS_MAX);
}
