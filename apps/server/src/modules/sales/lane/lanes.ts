import { setTimeout as pause } from 'node:timers/promises';
import type { Queryable } from '../../../platform/db/index.ts';
import type { LaneTelemetry, Log } from '../../../platform/telemetry/index.ts';
import type { Command } from '../commands.ts';
import type { Outcome } from '../outcomes.ts';
import { ConnectionSlot } from './connection-slot.ts';
import { endStalled, STALLED_MS } from './end-stalled.ts';
import { Entry } from './entry.ts';
import type { LanePart } from './lane-part.ts';
import { KnownEvents } from './known-events.ts';
import { Lane, type LaneContext } from './lane.ts';
import { LaneBusy } from './lane-errors.ts';
import { tryTurn } from './work.ts';

/** Limits of the lanes of one server: connections for all events, commands in a batch, holds that may wait for an event. */
export type LaneSettings = { connections: number; batchMax: number; queueMax: number; deadlineMs: number };

export type LaneOptions = {
  url: string;
  /** For what is asked outside the lanes' own transactions. */
  db: Queryable;
  settings: LaneSettings;
  telemetry: LaneTelemetry;
  log: Log;
  parts?: readonly LanePart[];
};

type Arrival = { eventId: string; command: Command; isGone: () => boolean; isClosing: boolean };

const WATCH_EVERY_MS = 250;
/** A database that has fallen silent does not say goodbye; closing does not wait for it longer than this. */
const CLOSE_MAX_MS = 1_000;
/** Holds that may wait in all lanes together, in queues of one event. */
const QUEUES_MAX = 4;
/**
 * What is never refused for the length of a queue still has an end, so that an outage of hours does not end in a crash: a
 * buyer's release or cancellation beyond it is refused. What the organizer's side says, payments above all, never is.
 */
const URGENT_MAX = 100_000;

/**
 * The lanes of this server, and a few connections that they take in turns, oldest first. A lane is idle (not in the map)
 * → waiting (for a connection) → running (one try of one batch) → waiting, pausing (after a failure that passes; it keeps
 * no connection meanwhile) or idle. It never lingers: whatever has arrived while its last batch was committed is the
 * next. Times are of the monotonic clock.
 */
export class Lanes {
  readonly #options: LaneOptions;
  readonly #context: LaneContext;
  readonly #known: KnownEvents;
  readonly #lanes = new Map<string, Lane>();
  /** Lanes that wait for a connection, in the order in which they began to. */
  readonly #waiting = new Set<Lane>();
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

  constructor(options: LaneOptions) {
    const { settings, telemetry, log } = options;
    this.#options = options;
    this.#known = new KnownEvents(options.db);
    this.#context = { ...settings, telemetry, log, load: { holds: 0 }, expiryPausedUntilMs: new Map() };
    this.#slots = Array.from({ length: settings.connections }, () => new ConnectionSlot(options.url));
    this.#freeSlots = [...this.#slots];
    this.#watch = setInterval(() => this.#look(), WATCH_EVERY_MS);
    this.#watch.unref();
  }

  /**
   * Puts a command into its event's lane and answers its outcome. Rejects with LaneBusy if a hold finds no room or is
   * late, OutcomeUnknown while the database does not answer, CommandFailed if the command makes its transaction fail.
   */
  submit(eventId: string, command: Command, isGone: () => boolean = isNeverGone): Promise<Outcome> {
    const arrival = { eventId, command, isGone, isClosing: this.#isClosing };
    return this.#known.has(eventId) ? this.#enqueue(arrival) : this.#enqueueIfKnown(arrival);
  }

  /** Whether commands of this event are running or about to, which expires what is due by itself. */
  isBusy(eventId: string): boolean {
    return this.#lanes.has(eventId);
  }

  /** Commands that wait, in all lanes. */
  depth(): number {
    let depth = 0;
    for (const lane of this.#lanes.values()) depth += lane.queue.length;
    return depth;
  }

  /** Takes no more holds, finishes what waits for at most `graceMs`, and closes the connections. */
  async close(graceMs: number): Promise<void> {
    this.#isClosing = true;
    if (!this.#isIdle) await this.#idleWithin(graceMs);
    this.#isClosed = true;
    clearInterval(this.#watch);
    for (const lane of this.#lanes.values()) lane.giveUp();
    const closed = Promise.allSettled(this.#slots.map((slot) => slot.close()));
    await Promise.race([closed, pause(CLOSE_MAX_MS, null, { ref: false })]);
  }

  async #enqueueIfKnown(arrival: Arrival): Promise<Outcome> {
    this.#askingCount += 1;
    const isKnown = await this.#known.find(arrival.eventId).finally(() => {
      this.#askingCount -= 1;
    });
    if (isKnown) return this.#enqueue(arrival);
    if (this.#isIdle) this.#onIdle?.();
    return arrival.command.kind === 'expire' ? { kind: 'expired', count: 0, more: false } : { kind: 'unknown_event' };
  }

  #enqueue(arrival: Arrival): Promise<Outcome> {
    const lane = this.#lanes.get(arrival.eventId);
    const entry = new Entry(arrival.command, performance.now());
    const same = lane?.queue.findSame(entry);
    if (same) return same.wait(arrival.isGone);
    const refusal = this.#findRefusal(lane, arrival);
    if (refusal) return Promise.reject(refusal);
    this.#add(lane ?? this.#openLane(arrival.eventId), entry);
    return entry.wait(arrival.isGone);
  }

  #findRefusal(lane: Lane | undefined, { command, isClosing }: Arrival): LaneBusy | null {
    if (this.#isClosed) return new LaneBusy('The server is closing; nothing was done.');
    const { settings, telemetry } = this.#options;
    const { holdCount = 0, urgentCount = 0 } = lane?.queue ?? {};
    if (command.kind !== 'place' && command.kind !== 'extend' && command.kind !== 'await-payment') {
      const isBuyers = 'actor' in command && command.actor.kind === 'buyer';
      return isBuyers && urgentCount >= URGENT_MAX ? new LaneBusy('The event cannot be reached at this moment; nothing was done.') : null;
    }
    if (isClosing) return new LaneBusy('The server is closing; nothing was booked.');
    if (holdCount < settings.queueMax && this.#context.load.holds < QUEUES_MAX * settings.queueMax) return null;
    telemetry.refusedBusy();
    return new LaneBusy('Too many buyers wait at this moment; nothing was booked.');
  }

  #openLane(eventId: string): Lane {
    const lane = new Lane(eventId, this.#context);
    this.#lanes.set(eventId, lane);
    return lane;
  }

  #add(lane: Lane, entry: Entry): void {
    lane.add(entry);
    // A lane that runs or pauses goes on by itself.
    if (!lane.isRunning && !lane.isTryingAgain) this.#wait(lane);
  }

  #wait(lane: Lane): void {
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

  async #run(lane: Lane, slot: ConnectionSlot): Promise<void> {
    lane.start();
    const { eventId, isContended } = lane;
    const { work, tried } = await tryTurn(slot, { eventId, isContended, parts: this.#options.parts ?? [], begin: () => lane.begin() });
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

  #forget(lane: Lane): void {
    this.#lanes.delete(lane.eventId);
    if (this.#isIdle) this.#onIdle?.();
  }

  get #isIdle(): boolean {
    return this.#lanes.size === 0 && this.#askingCount === 0;
  }

  /** Answers whoever has waited too long for a lane that does not move. What is never dropped is still executed. */
  #answerLate(nowMs: number): void {
    for (const lane of this.#lanes.values()) lane.answerLate(nowMs - this.#context.deadlineMs);
    for (const [eventId, untilMs] of this.#context.expiryPausedUntilMs) {
      if (untilMs < nowMs) this.#context.expiryPausedUntilMs.delete(eventId);
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
