import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../../platform/clock/index.ts';
import type { LaneTelemetry, Log } from '../../../platform/telemetry/index.ts';
import type { Command } from '../commands.ts';
import type { Outcome } from '../outcomes.ts';
import { ConnectionSlot } from './connection-slot.ts';
import { openEntry, type Entry } from './entry.ts';
import { LaneBusy, OutcomeUnknown } from './lane-errors.ts';
import { LaneQueue } from './lane-queue.ts';
import { lateError, runBatch, type Answer } from './run-batch.ts';

/** Limits of the lanes of one server: connections for all events, commands in a batch, holds that may wait for an event. */
export type LaneSettings = { connections: number; batchMax: number; queueMax: number; deadlineMs: number };

export type LaneOptions = { url: string; settings: LaneSettings; clock: Clock; telemetry: LaneTelemetry; log: Log };

type Lane = { eventId: string; queue: LaneQueue; running: readonly Entry[]; expiryPausedUntilMs: number };

const WATCH_EVERY_MS = 250;
/** A database that has fallen silent does not say goodbye; closing does not wait for it longer than this. */
const CLOSE_MAX_MS = 1_000;
/** After the expiry of an event has failed by itself, its batches go without it for so long. */
const EXPIRY_PAUSE_MS = 1_000;

/**
 * The lanes of this server: one queue for each event, and a few connections that the events take in turns, oldest
 * first. A lane is idle (not in the map) → waiting (for a connection) → running (one batch) → waiting or idle. It never
 * lingers: whatever has arrived while its last batch was committed is the next.
 */
export class Lanes {
  readonly #options: LaneOptions;
  readonly #lanes = new Map<string, Lane>();
  /** Lanes that wait for a connection, in the order in which they began to. */
  readonly #waiting = new Set<Lane>();
  readonly #freeSlots: ConnectionSlot[];
  readonly #slots: readonly ConnectionSlot[];
  readonly #watch: NodeJS.Timeout;
  #isPumpPlanned = false;
  #isClosing = false;
  #isClosed = false;
  #onIdle: (() => void) | null = null;

  constructor(options: LaneOptions) {
    this.#options = options;
    this.#slots = Array.from({ length: options.settings.connections }, () => new ConnectionSlot(options.url));
    this.#freeSlots = [...this.#slots];
    this.#watch = setInterval(() => this.#answerLate(), WATCH_EVERY_MS);
    this.#watch.unref();
  }

  /**
   * Puts a command into its event's lane and answers its outcome. Rejects with LaneBusy if a hold finds no room or is
   * late, OutcomeUnknown while the database does not answer, CommandFailed if the command makes its transaction fail.
   */
  submit(eventId: string, command: Command, isGone: () => boolean = isNeverGone): Promise<Outcome> {
    const { entry, outcome } = openEntry({ command, arrivedMs: this.#options.clock.nowMs(), isGone });
    if (this.#isClosing && entry.isDroppable) return Promise.reject(new LaneBusy('The server is closing; nothing was booked.'));
    const lane = this.#lanes.get(eventId) ?? this.#openLane(eventId);
    if (entry.isDroppable && lane.queue.holdCount >= this.#options.settings.queueMax) {
      this.#options.telemetry.refusedBusy();
      return Promise.reject(new LaneBusy('Too many buyers wait for this event at this moment; nothing was booked.'));
    }
    lane.queue.add(entry);
    if (lane.running.length === 0) this.#waiting.add(lane);
    this.#planPump();
    return outcome;
  }

  /** Whether a batch of this event is running or about to, which expires what is due by itself. */
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
    if (this.#lanes.size > 0) await this.#idleWithin(graceMs);
    this.#isClosed = true;
    clearInterval(this.#watch);
    for (const lane of this.#lanes.values()) {
      for (const entry of lane.running) entry.reject(new OutcomeUnknown(null));
      for (const entry of lane.queue.takeAll()) entry.reject(new LaneBusy('The server is closing; nothing was done.'));
    }
    const closed = Promise.allSettled(this.#slots.map((slot) => slot.close()));
    await Promise.race([closed, pause(CLOSE_MAX_MS, null, { ref: false })]);
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

  #openLane(eventId: string): Lane {
    const lane: Lane = { eventId, queue: new LaneQueue(), running: [], expiryPausedUntilMs: 0 };
    this.#lanes.set(eventId, lane);
    return lane;
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
    lane.running = this.#takeBatch(lane);
    const answers = lane.running.length > 0 ? await this.#runBatch(lane, slot) : [];
    lane.running = [];
    this.#freeSlots.push(slot);
    if (lane.queue.length > 0) this.#waiting.add(lane);
    else this.#lanes.delete(lane.eventId);
    // The next batches are on their way before this one is answered: the database works while we write.
    this.#pump();
    for (const answer of answers) this.#answer(answer);
    if (this.#lanes.size === 0) this.#onIdle?.();
  }

  #takeBatch(lane: Lane): Entry[] {
    const { settings, clock, telemetry } = this.#options;
    const nowMs = clock.nowMs();
    const batch: Entry[] = [];
    for (const entry of lane.queue.take(settings.batchMax)) {
      if (entry.isDroppable && (nowMs - entry.arrivedMs > settings.deadlineMs || entry.isGone())) this.#drop(entry);
      else batch.push(entry);
      telemetry.wait(nowMs - entry.arrivedMs);
    }
    // A sweep asks for the expiry itself, and goes on until its own command has found nothing left.
    const isSweep = batch.some((entry) => entry.command.kind === 'expire');
    if (batch.length > 0 && !isSweep && nowMs >= lane.expiryPausedUntilMs) batch.unshift(this.#expiry(lane));
    return batch;
  }

  /** Every batch expires what is due in its event. It stands in a command of its own, so that bisection can isolate it. */
  #expiry(lane: Lane): Entry {
    const nowMs = this.#options.clock.nowMs();
    const { entry, outcome } = openEntry({ command: { kind: 'expire', everything: false }, arrivedMs: nowMs, isGone: isNeverGone });
    outcome.catch(() => {
      lane.expiryPausedUntilMs = nowMs + EXPIRY_PAUSE_MS;
    });
    return entry;
  }

  #runBatch(lane: Lane, slot: ConnectionSlot): Promise<Answer[]> {
    const { settings, clock, telemetry, log } = this.#options;
    const run = {
      eventId: lane.eventId,
      slot,
      deadlineMs: settings.deadlineMs,
      nowMs: () => clock.nowMs(),
      telemetry,
      onTrouble: (what: string, error: unknown) => log.warn({ event_id: lane.eventId, err: error }, what),
      isClosed: () => this.#isClosed,
    };
    return runBatch(run, lane.running);
  }

  #answer(answer: Answer): void {
    if ('outcome' in answer) answer.entry.resolve(answer.outcome);
    else answer.entry.reject(answer.error);
  }

  #drop(entry: Entry): void {
    this.#options.telemetry.dropped();
    entry.reject(lateError(entry));
  }

  /** Answers whoever has waited too long for a lane that does not move. What is never dropped is still executed. */
  #answerLate(): void {
    const lateMs = this.#options.clock.nowMs() - this.#options.settings.deadlineMs;
    for (const lane of this.#lanes.values()) {
      for (const entry of lane.queue.takeLate(lateMs)) this.#drop(entry);
      const late = [...lane.queue.lateUrgent(lateMs), ...lane.running.filter((entry) => entry.arrivedMs < lateMs)];
      for (const entry of late) entry.reject(new OutcomeUnknown(null));
    }
  }
}

function isNeverGone(): boolean {
  return false;
}
