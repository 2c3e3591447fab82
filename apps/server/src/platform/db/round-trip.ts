import { types, type Connection, type Submittable } from 'pg';

/** A prepared statement: `name` is its identity on the connection, `text` never changes. */
export type Statement = { name: string; text: string };

/** A `Buffer` is a value in PostgreSQL's binary form; everything else travels as text. */
export type Call = { statement: Statement; values: readonly (string | number | Buffer | null)[] };

export type CallResult = { tag: string; rows: unknown[][] };

type Parser = (text: string) => unknown;

/** What a connection knows of its prepared statements: how the columns of each are read, once it was described. */
export type Prepared = Map<string, readonly Parser[]>;

type Column = { dataTypeID: number };

/**
 * Many statements in one round trip of the extended protocol, with one Sync at the end: PostgreSQL answers them in one
 * piece, where a Sync behind each would wake this process for each of them. After a failure PostgreSQL skips the rest.
 */
export class RoundTrip implements Submittable {
  /** All results, in order. Rejects with the first error, when PostgreSQL is ready for the next trip. */
  readonly answers: Promise<CallResult[]>;
  readonly #calls: readonly Call[];
  readonly #prepared: Prepared;
  readonly #results: CallResult[] = [];
  #rows: unknown[][] = [];
  #parsers: readonly Parser[] | null = null;
  #resolve!: (results: CallResult[]) => void;
  #reject!: (error: Error) => void;

  constructor(calls: readonly Call[], prepared: Prepared) {
    this.#calls = calls;
    this.#prepared = prepared;
    this.answers = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  submit(connection: Connection): void {
    const { stream } = connection;
    stream.cork();
    const sent = new Set<string>();
    for (const { statement, values } of this.#calls) {
      const { name, text } = statement;
      const isNew = !this.#prepared.has(name);
      // A failure makes PostgreSQL skip what comes behind it, so that nobody would know which were prepared: a name is
      // given up before it is given.
      if (isNew && !sent.has(name)) {
        connection.close({ type: 'S', name }, true);
        connection.parse({ name, text, types: [] }, true);
      }
      sent.add(name);
      connection.bind({ portal: '', statement: name, values: values.map(toValue) }, true);
      if (isNew) connection.describe({ type: 'P', name: '' }, true);
      connection.execute(null, true);
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
    this.#results.push({ tag, rows: this.#rows });
    this.#rows = [];
    this.#parsers = null;
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

function toValue(value: Call['values'][number]): string | Buffer | null {
  return typeof value === 'number' ? String(value) : value;
}
