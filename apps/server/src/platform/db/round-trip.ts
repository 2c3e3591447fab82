import { types, type Connection, type Submittable } from 'pg';

/** A prepared statement: `name` is its identity on the connection, `text` never changes. */
export type Statement = { name: string; text: string };

/** `isFlushed`: its answer is sent at once and does not wait for those of the calls behind it. */
export type Call = { statement: Statement; values: readonly (string | number | null)[]; isFlushed?: boolean };

/** `atMs`: when the answer arrived, by `performance.now()`. */
export type CallResult = { tag: string; rows: unknown[][]; atMs: number };

type Parser = (text: string) => unknown;
type Value = Call['values'][number];

/** What a connection knows of its prepared statements: how the columns of each are read, once it was described. */
export type Prepared = Map<string, readonly Parser[]>;

type Column = { dataTypeID: number };

/**
 * Many statements in one round trip of the extended protocol, with one Sync at the end: PostgreSQL answers them in one
 * piece, where a Sync behind each would wake this process for each of them. After a failure PostgreSQL skips the rest.
 */
export class RoundTrip implements Submittable {
  readonly answers: Promise<CallResult[]>;
  readonly #calls: readonly Call[];
  readonly #prepared: Prepared;
  readonly #onAnswer: () => void;
  readonly #results: CallResult[] = [];
  #rows: unknown[][] = [];
  #parsers: readonly Parser[] | undefined;
  #resolve!: (results: CallResult[]) => void;
  #reject!: (error: Error) => void;

  constructor(calls: readonly Call[], prepared: Prepared, onAnswer: () => void) {
    this.#calls = calls;
    this.#prepared = prepared;
    this.#onAnswer = onAnswer;
    this.answers = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  submit(connection: Connection): void {
    const { stream } = connection;
    stream.cork();
    const sent = new Set<string>();
    for (const { statement, values, isFlushed } of this.#calls) {
      const { name, text } = statement;
      const isNew = !this.#prepared.has(name);
      // A failure makes PostgreSQL skip what comes behind it, so that nobody would know which were prepared: a name is
      // given up before it is given.
      if (isNew && !sent.has(name)) {
        connection.close({ type: 'S', name }, true);
        connection.parse({ name, text, types: [] }, true);
      }
      sent.add(name);
      connection.bind({ portal: '', statement: name, values: values.map(toText) }, true);
      if (isNew) connection.describe({ type: 'P', name: '' }, true);
      connection.execute(null, true);
      if (isFlushed) connection.flush();
    }
    connection.sync();
    stream.uncork();
  }

  handleRowDescription({ fields }: { fields: readonly Column[] }): void {
    this.#parsers = fields.map((field) => types.getTypeParser(field.dataTypeID, 'text') as Parser);
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    const parsers = this.#parsers ?? this.#prepared.get(this.#current.name) ?? [];
    this.#rows.push(fields.map((text, column) => (text === null ? null : parsers[column]!(text))));
  }

  handleCommandComplete({ text }: { text: string }): void {
    const { name } = this.#current;
    if (!this.#prepared.has(name)) this.#prepared.set(name, this.#parsers ?? []);
    const [tag = ''] = text.split(' ', 1);
    this.#results.push({ tag, rows: this.#rows, atMs: performance.now() });
    this.#rows = [];
    this.#parsers = undefined;
    this.#onAnswer();
  }

  handleReadyForQuery(): void {
    this.#resolve(this.#results);
  }

  handleError(error: Error): void {
    this.#reject(error);
  }

  get #current(): Statement {
    return this.#calls[this.#results.length]!.statement;
  }
}

function toText(value: Value): string | null {
  return value === null ? null : String(value);
}
