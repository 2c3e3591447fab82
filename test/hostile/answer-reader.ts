/** One answer as it came over the wire. Header names in lower case, values as they are, repeated ones all there. */
export type Answer = { status: number; headers: [name: string, value: string][]; body: string };

type Head = Pick<Answer, 'status' | 'headers'> & { bodyAt: number };

/** Reads the answers to known requests out of a connection's bytes. Strict: what is no answer stays in `rest`. */
export class AnswerReader {
  readonly answers: Answer[] = [];
  readonly #methods: readonly string[];
  #text = '';
  #isAtEnd = false;

  constructor(methods: readonly string[]) {
    this.#methods = methods;
  }

  push(bytes: Buffer): void {
    // Latin-1 keeps one character for each byte, so that lengths are those of the wire.
    this.#text += bytes.toString('latin1');
    this.#read();
  }

  /** Nothing more comes: a body without a length ends here. */
  end(): void {
    this.#isAtEnd = true;
    this.#read();
  }

  isComplete(): boolean {
    return this.answers.length >= this.#methods.length;
  }

  rest(): string {
    return this.#text;
  }

  #read(): void {
    while (!this.isComplete()) {
      const head = readHead(this.#text);
      if (head === null) return;
      if (head.status < 200) {
        this.#text = this.#text.slice(head.bodyAt);
        continue;
      }
      const method = this.#methods[this.answers.length] ?? '';
      const body = this.#readBody(head, method);
      if (body === null) return;
      this.#text = this.#text.slice(body.endsAt);
      this.answers.push({ status: head.status, headers: head.headers, body: Buffer.from(body.text, 'latin1').toString('utf8') });
    }
  }

  #readBody(head: Head, method: string): { text: string; endsAt: number } | null {
    if (method === 'HEAD' || head.status === 204 || head.status === 304) return { text: '', endsAt: head.bodyAt };
    const length = headerOf(head, 'content-length');
    if (length !== null) return take(this.#text, head.bodyAt, Number(length));
    if (headerOf(head, 'transfer-encoding') === 'chunked') return readChunks(this.#text, head.bodyAt);
    return this.#isAtEnd ? { text: this.#text.slice(head.bodyAt), endsAt: this.#text.length } : null;
  }
}

/** The value of a header; null if it is not there. */
export function headerOf(answer: Pick<Answer, 'headers'>, name: string): string | null {
  return answer.headers.find(([candidate]) => candidate === name)?.[1] ?? null;
}

function readHead(text: string): Head | null {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(first)?.[1];
  if (status === undefined) return null;
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { status: Number(status), headers, bodyAt: end + 4 };
}

function take(text: string, from: number, length: number): { text: string; endsAt: number } | null {
  return text.length < from + length ? null : { text: text.slice(from, from + length), endsAt: from + length };
}

function readChunks(text: string, from: number): { text: string; endsAt: number } | null {
  let body = '';
  let at = from;
  for (;;) {
    const lineEnd = text.indexOf('\r\n', at);
    if (lineEnd < 0) return null;
    const size = Number.parseInt(text.slice(at, lineEnd), 16);
    const chunk = take(text, lineEnd + 2, size);
    if (chunk === null || text.length < chunk.endsAt + 2) return null;
    at = chunk.endsAt + 2;
    if (size === 0) return { text: body, endsAt: at };
    body += chunk.text;
  }
}
