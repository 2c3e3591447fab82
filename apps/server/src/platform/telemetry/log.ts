import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import { presentError } from './present-error.ts';

export type Log = Logger;

/** Never written: what proves who somebody is, and what opens a sale. */
const SECRETS = ['authorization', 'cookie', 'set-cookie', 'access_code', 'accessCode', 'token', 'password', 'secret'];
const REDACTED = SECRETS.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]);

/** One JSON line per event, to standard output unless `destination` says otherwise. */
export function buildLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: { pid: process.pid },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: (error: unknown) => presentError(error), error: (error: unknown) => presentError(error) },
    redact: { paths: REDACTED, censor: '[redacted]' },
  };
  return destination ? pino(options, destination) : pino(options);
}
