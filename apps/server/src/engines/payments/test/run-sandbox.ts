import { systemClock } from '../../../platform/clock/index.ts';
import { startSandbox } from '../index.ts';

/** A sandbox in a process of its own, so that a test can kill it: the folder, the port and the webhook come as arguments. */
const [journalFolder = '', port = '0', webhookUrl = '', apiKey = '', account = '', secret = ''] = process.argv.slice(2);

const sandbox = await startSandbox({
  ...{ mode: 'test', port: Number(port), journalFolder, apiKey, account, secrets: [secret], webhookUrls: [webhookUrl] },
  ...{ clock: systemClock, random: Math.random, log: (line: string) => process.stderr.write(`${line}\n`) },
  ...{ durable: false, timePercent: 1, retry: { firstMs: 5, mostMs: 50 } },
});
process.stdout.write(`${sandbox.port}\n`);
// Nothing else keeps a test from leaving it behind: it ends with whoever has started it.
process.stdin.on('end', () => process.exit(0)).resume();
