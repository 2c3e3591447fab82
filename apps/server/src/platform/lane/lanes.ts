import { setTimeout as pause } from 'node:timers/promises';
import type { Queryable } from '../db/index.ts';
import type { LaneTelemetry, Log } from '../telemetry/index.ts';
import { ConnectionSlot } from './connection-slot.ts';
import { endStalled, STALLED_MS } from './end-stalled.ts';
import { Entry } from './entry.ts';
import type { Heads } from './heads.ts';
import { KnownEvents } from './known-events.ts';
import { Lane, type LaneContext } from './lane.ts';
import { LaneBusy } from './lane-errors.ts';
import type { LaneCommand, LanePurpose } from './lane-purpose.ts';
import { tryTurn } from './work.ts';

/** Limits of the lanes of one server: connections for all events, commands in a batch, droppable commands that may wait for an event. */
export type LaneSettings = { connections: number; batchMax: number; queueMax: number; deadlineMs: number };

export type LaneOptions<Command extends LaneCommand, Outcome> = {
  purpose: LanePurpose<Command, Outcome>;
  heads: Heads;
  /** A direct URL of PostgreSQL: a lane keeps settings and prepared statements on its connections. */
  url: string;
  /** For what is asked outside the lanes' own transactions. */
  db: Queryable;
  settings: LaneSettings;
  telemetry: LaneTelemetry;
  log: Log;
};

type Arrival<Command> = { eventId: string; command: Command; isGone: () => boolean; isClosing: boolean };

const WATCH_EVERY_MS = 250;
/** A database that has fallen silent does not say goodbye; closing does not wait for it longer than this. */
const CLOSE_MAX_MS = 1_000;
/** Droppable commands that may wait in all lanes together, in queues of one event. */
const QUEUES_MAX = 4;

/**
 * The lanes of this server for one purpose, and a few connections that they take in turns, oldest first. A lane is idle
 * (not in the map) → waiting (for a connection) → running (one try of one batch) → waiting, pausing (after a failure that
 * passes; it keeps no connection meanwhile) or idle. It never lingers: whatever has arrived while its last batch was
 * committed is the next. Times are of the monotonic clock.
 */
export class Lanes<Command extends LaneCommand, Outcome> {
  readonly #options: LaneOptions<Command, Outcome>;
  readonly #context: LaneContext<Command, Outcome>;
  readonly #known: KnownEvents;
  readonly #lanes = new Map<string, Lane<Command, Outcome>>();
  /** Lanes that wait for a connection, in the order in which they began to. */
  readonly #waiting = new Set<Lane<Command, Outcome>>();
  readonly #slots: readonly ConnectionSlot[];
  readonly #freeSlots: ConnectionSlot[];
  readonly #watch: NodeJS.Timeout;
  /** Commands whose event is not known yet. */
  #askingCount = 0;
  #lookedForStalledMs = 0;
  #isPumpPlanned = false;
  #isClosing = false;
  #isClosed = false;
  #onIdle: (() => void) | null = null;

  constructor(options: LaneOptions<Command, Outcome>) {
    const { purpose, heads, settings, telemetry, log } = options;
    this.#options = options;
    this.#known = new KnownEvents(heads);
    this.#context = {
      ...settings,
      purpose,
      lockStatement: heads.lock,
      telemetry,
      log,
      load: { droppable: 0 },
      ownPausedUntilMs: new Map(),
    };
    this.#slots = Array.from({ length: settings.connections }, () => new ConnectionSlot(options.url));
    this.#freeSlots = [...this.#slots];
    this.#watch = setInterval(() => this.#look(), WATCH_EVERY_MS);
    this.#watch.unref();
  }

  /**
   * Puts a command into its event's lane and answers its outcome. Rejects with LaneBusy if it finds no room or is
   * late, OutcomeUnknown while the database does not answer, CommandFailed if the command makes its transaction fail.
   */
  submit(eventId: string, command: Command, isGone: () => boolean = isNeverGone): Promise<Outcome> {
    const arrival = { eventId, command, isGone, isClosing: this.#isClosing };
    return this.#known.has(eventId) ? this.#enqueue(arrival) : this.#enqueueIfKnown(arrival);
  }

  /** Whether commands of this event are running or about to, and the purpose's own command with them. */
  isBusy(eventId: string): boolean {
    return this.#lanes.has(eventId);
  }

  /** Commands that wait, in all lanes. */
  depth(): number {
    let depth = 0;
    for (const lane of this.#lanes.values()) depth += lane.queue.length;
    return depth;
  }

  /** Takes nothing droppable any more, finishes what waits for at most `graceMs`, and closes the connections. */
  async close(graceMs: number): Promise<void> {
    this.#isClosing = true;
    if (!this.#isIdle) await this.#idleWithin(graceMs);
    this.#isClosed = true;
    clearInterval(this.#watch);
    for (const lane of this.#lanes.values()) lane.giveUp();
    const closed = Promise.allSettled(this.#slots.map((slot) => slot.close()));
    await Promise.race([closed, pause(CLOSE_MAX_MS, null, { ref: false })]);
  }

  async #enqueueIfKnown(arrival: Arrival<Command>): Promise<Outcome> {
    this.#askingCount += 1;
    const isKnown = await this.#known.find(arrival.eventId).finally(() => {
      this.#askingCount -= 1;
    });
    if (isKnown) return this.#enqueue(arrival);
    if (this.#isIdle) this.#onIdle?.();
    return this.#context.purpose.unknownEvent(arrival.command);
  }

  #enqueue(arrival: Arrival<Command>): Promise<Outcome> {
    const lane = this.#lanes.get(arrival.eventId);
    const entry = new Entry(arrival.command, performance.now(), this.#context.purpose);
    const same = lane?.queue.findSame(entry);
    if (same) return same.wait(arrival.isGone);
    const refusal = this.#findRefusal(lane, entry, arrival.isClosing);
    if (refusal) return Promise.reject(refusal);
    this.#add(lane ?? this.#openLane(arrival.eventId), entry);
    return entry.wait(arrival.isGone);
  }

  #findRefusal(lane: Lane<Command, Outcome> | undefined, entry: Entry<Command, Outcome>, isClosing: boolean): LaneBusy | null {
    if (this.#isClosed) return new LaneBusy('The server is closing; nothing was done.');
    if (!entry.isDroppable) return this.#findUrgentRefusal(lane, entry.command);
    if (isClosing) return new LaneBusy('The server is closing; nothing was done.');
    const { settings, telemetry } = this.#options;
    const droppableCount = lane?.queue.droppableCount ?? 0;
    if (droppableCount < settings.queueMax && this.#context.load.droppable < QUEUES_MAX * settings.queueMax) return null;
    telemetry.refusedBusy();
    return new LaneBusy('Too many wait at this moment; nothing was done.');
  }

  #findUrgentRefusal(lane: Lane<Command, Outcome> | undefined, command: Command): LaneBusy | null {
    const { purpose } = this.#context;
    if (!lane || lane.queue.urgentCount < purpose.urgentMax || !purpose.isBounded(command)) return null;
    return new LaneBusy('The event cannot be reached at this moment; nothing was done.');
  }

  #openLane(eventId: string): Lane<Command, Outcome> {
    const lane = new Lane(eventId, this.#context);
    this.#lanes.set(eventId, lane);
    return lane;
  }

  #add(lane: Lane<Command, Outcome>, entry: Entry<Command, Outcome>): void {
    lane.add(entry);
    // A lane that runs or pauses goes on by itself.
    if (!lane.isRunning && !lane.isTryingAgain) this.#wait(lane);
  }

  #wait(lane: Lane<Command, Outcome>): void {
    if (this.#isClosed) return;
    this.#waiting.add(lane);
    this.#planPump();
  }

  /** Batches begin after the event loop has taken in all requests that have arrived together. */
  #planPump(): void {
    if (this.#isPumpPlanned) return;
    this.#isPumpPlanned = true;
    setImmediate(() => {
      this.#isPumpPlanned = false;
      this.#pump();
    });
  }

  #pump(): void {
    for (const lane of this.#waiting) {
      const slot = this.#freeSlots.pop();
      if (!slot) return;
      this.#waiting.delete(lane);
      void this.#run(lane, slot);
    }
  }

  async #run(lane: Lane<Command, Outcome>, slot: ConnectionSlot): Promise<void> {
    lane.start();
    const { eventId, isContended } = lane;
    const { work, tried } = await tryTurn(slot, { context: this.#context, eventId, isContended, begin: () => lane.begin() });
    const { answer, pauseMs } = lane.end(work, tried);
    this.#freeSlots.push(slot);
    if (this.#isClosed) lane.giveUp();
    else if (pauseMs > 0) setTimeout(() => this.#wait(lane), pauseMs);
    else if (!lane.isResting) this.#waiting.add(lane);
    // The next batches are on their way before this one is answered: the database works while we write.
    this.#pump();
    answer();
    if (lane.isResting) this.#forget(lane);
  }

  #look(): void {
    const nowMs = performance.now();
    this.#answerLate(nowMs);
    const isStuck = [...this.#lanes.values()].some((lane) => lane.hasRunSince(nowMs - STALLED_MS));
    if (isStuck && nowMs - this.#lookedForStalledMs > STALLED_MS) this.#endStalled(nowMs);
  }

  /** Whoever keeps a head from us for that long has perhaps been stopped. */
  #endStalled(nowMs: number): void {
    this.#lookedForStalledMs = nowMs;
    endStalled(this.#options.db).then(
      (count) => count > 0 && this.#options.log.warn({ count }, 'Ended lane transactions of a server that has been stopped.'),
      (error: unknown) => this.#options.log.warn({ err: error }, 'Looking for stalled lane transactions failed.'),
    );
  }

  #forget(lane: Lane<Command, Outcome>): void {
    this.#lanes.delete(lane.eventId);
    if (this.#isIdle) this.#onIdle?.();
  }

  get #isIdle(): boolean {
    return this.#lanes.size === 0 && this.#askingCount === 0;
  }

  /** Answers whoever has waited too long for a lane that does not move. What is never dropped is still executed. */
  #answerLate(nowMs: number): void {
    for (const lane of this.#lanes.values()) lane.answerLate(nowMs - this.#context.deadlineMs);
    for (const [eventId, untilMs] of this.#context.ownPausedUntilMs) {
      if (untilMs < nowMs) this.#context.ownPausedUntilMs.delete(eventId);
    }
  }

  #idleWithin(graceMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, graceMs);
      this.#onIdle = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function isNeverGone(): boolean {
  return false;
}
