import { invariant } from '../../../../platform/invariant.ts';
import type { CheckIn, DoorTicket, Gate, GateState, Standing } from '../decide/state.ts';
import type { Admission, Verdict } from '../verdicts.ts';

/** Rows come as arrays in the order of the statements' columns; `pg` has made numbers of integers and floats. */
type Row = readonly unknown[];

export function parseGate([id, name, ticketTypeIds, state, opensAtMs, closesAtMs]: Row): Gate {
  return {
    id: String(id),
    name: String(name),
    ticketTypeIds: Array.isArray(ticketTypeIds) ? ticketTypeIds.map(String) : null,
    state: state as GateState,
    opensAtMs: numberOrNull(opensAtMs),
    closesAtMs: numberOrNull(closesAtMs),
  };
}

export function parseTicket(row: Row): DoorTicket {
  const [bookingId, number, ticketTypeId, buyerKey, isOffered, secret, issue, ...rest] = row;
  const [revokedReason, revokedAtMs, scanId, gateId, by, admittedAtMs, leftAtMs] = rest;
  return {
    bookingId: String(bookingId),
    number: Number(number),
    ticketTypeId: String(ticketTypeId),
    buyerKey: String(buyerKey),
    isOffered: isOffered === true,
    secret: String(secret),
    issue: Number(issue),
    revoked: revokedAtMs === null ? null : { reason: String(revokedReason), atMs: Number(revokedAtMs) },
    admission: scanId === null ? null : admissionOf([scanId, gateId, by, admittedAtMs]),
    leftAtMs: numberOrNull(leftAtMs),
  };
}

function admissionOf([scanId, gateId, by, atMs]: Row): Admission {
  return { scanId: String(scanId), gateId: textOrNull(gateId), by: String(by), atMs: Number(atMs) };
}

export function parseCheckIn(row: Row): CheckIn {
  const [scanId, fingerprint, bookingId, number, ticketTypeId, gateId, direction, device, by, isOffline, isByHand, ...rest] = row;
  const [scannedAtMs, deviceAtMs, receivedAtMs, outcome, detail, standing, undoneAtMs, undoneBy, undoneReason] = rest;
  return {
    scanId: String(scanId),
    fingerprint: String(fingerprint),
    bookingId: textOrNull(bookingId),
    number: numberOrNull(number),
    ticketTypeId: textOrNull(ticketTypeId),
    gateId: textOrNull(gateId),
    direction: direction === 'out' ? 'out' : 'in',
    device: textOrNull(device),
    by: String(by),
    isOffline: isOffline === true,
    isByHand: isByHand === true,
    scannedAtMs: Number(scannedAtMs),
    deviceAtMs: numberOrNull(deviceAtMs),
    receivedAtMs: Number(receivedAtMs),
    verdict: parseVerdict(String(outcome), detail),
    standing: standing as Standing,
    undone: undoneAtMs === null ? null : { by: String(undoneBy), atMs: Number(undoneAtMs), reason: String(undoneReason) },
  };
}

/** The detail of a verdict as it is kept; null where its kind says it all. */
export function detailOf(verdict: Verdict): string | null {
  const { kind, ...detail } = verdict;
  const saysNothing = Object.values(detail).every((value) => value === null);
  return saysNothing ? null : JSON.stringify(detail);
}

function parseVerdict(kind: string, detail: unknown): Verdict {
  const known: unknown = detail === null ? {} : JSON.parse(String(detail));
  invariant(typeof known === 'object' && known !== null, 'the detail of a scan is an object');
  // Written by `detailOf`, of a verdict.
  return (kind === 'admitted' ? { kind, conflict: null, ...known } : { kind, ...known }) as Verdict;
}

function numberOrNull(value: unknown): number | null {
  return value === null ? null : Number(value);
}

function textOrNull(value: unknown): string | null {
  return value === null ? null : String(value);
}
