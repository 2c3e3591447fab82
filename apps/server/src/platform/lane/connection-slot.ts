import { openLaneConnection, type LaneConnection } from '../db/index.ts';

/** A place for one lane connection. States: empty → open → (broken) empty; it opens again when it is next used. */
export class ConnectionSlot {
  readonly #url: string;
  #connection: LaneConnection | null = null;

  constructor(url: string) {
    this.#url = url;
  }

  /** The connection of this slot, opened if there is none. Throws what `pg` throws when it cannot connect. */
  async open(): Promise<LaneConnection> {
    if (this.#connection && !this.#connection.isBroken) return this.#connection;
    await this.close();
    this.#connection = await openLaneConnection(this.#url);
    return this.#connection;
  }

  async close(): Promise<void> {
    const connection = this.#connection;
    this.#connection = null;
    await connection?.close();
  }
}
