import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { renderTicketPdf } from '../../documents/index.ts';
import { readPdf } from '../../documents/test/read-pdf.ts';
import { codeOf, sampleReceipt, sampleTicket } from '../../documents/test/samples.ts';
import { buildPress, PressBusy, type Press, type PressOptions } from '../press.ts';
import type { PrintJob } from '../print-job.ts';

const OPTIONS = { format: 'a4', locale: 'en' } as const;

function openPress(context: TestContext, options?: PressOptions): Press {
  const press = buildPress(options);
  context.after(() => press.close());
  return press;
}

function tickets(count: number): Extract<PrintJob, { kind: 'tickets' }> {
  const some = Array.from({ length: count }, (_, index) => sampleTicket({ number: index + 1, of: count, code: codeOf(220, index + 1) }));
  return { kind: 'tickets', tickets: some, options: OPTIONS };
}

test('what the press prints is what is printed here', async (context) => {
  const press = openPress(context);
  const job = tickets(2);
  const receipt: PrintJob = { kind: 'receipt', receipt: sampleReceipt(), options: { locale: 'de' } };
  const [bytes, paper] = await Promise.all([press.print(job), press.print(receipt)]);
  assert.ok(bytes.equals(await renderTicketPdf(job.tickets, OPTIONS)));
  const [page] = await readPdf(paper, { paints: false });
  assert.ok(page?.text.includes('Quittung'));
});

test('a document that cannot be printed fails alone', async (context) => {
  const press = openPress(context);
  const broken: PrintJob = { ...tickets(1), tickets: [sampleTicket({ timeZone: 'Nowhere/Never' })] };
  const answers = await Promise.allSettled([press.print(broken), press.print(tickets(1))]);
  assert.deepEqual(
    answers.map(({ status }) => status),
    ['rejected', 'fulfilled'],
  );
});

test('what takes too long is given up, and what comes next is printed by a fresh thread', async (context) => {
  const press = openPress(context, { jobMsMax: 1 });
  for (let round = 0; round < 2; round += 1) await assert.rejects(press.print(tickets(50)), /not printed within 1 ms/);
});

test('more than may wait is refused at once, also who hung up meanwhile; the rest is printed', async (context) => {
  const press = openPress(context, { waitingMax: 20 });
  const largest = press.print(tickets(30));
  await assert.rejects(press.print(tickets(1)), (error) => error instanceof PressBusy && error.retryAfterSeconds >= 1);
  assert.ok((await largest).length > 0, 'alone, it may be larger than what may wait');
  const [kept, gone] = await Promise.allSettled([press.print(tickets(5)), press.print(tickets(1), () => true)]);
  assert.equal(kept.status, 'fulfilled');
  assert.ok(gone.status === 'rejected' && gone.reason instanceof PressBusy);
  assert.ok((await press.print(tickets(15))).length > 0, 'nothing of it is counted any more');
});

test('an idle thread ends, and begins again', async (context) => {
  const press = openPress(context, { idleMs: 1 });
  const first = await press.print(tickets(1));
  await pause(50);
  assert.ok((await press.print(tickets(1))).equals(first));
});

test('what waits when the press is closed fails, and so does what comes later', async () => {
  const press = buildPress();
  const some = [press.print(tickets(20)), press.print(tickets(1))].map((printed) => assert.rejects(printed));
  await press.close();
  await Promise.all(some);
  await assert.rejects(press.print(tickets(1)));
  await press.close();
});

test('who sells does not wait for pages', async (context) => {
  const press = openPress(context);
  const job = tickets(200);
  await press.print(tickets(1));
  const waits = {
    'nothing is printed': await longestWaitMs(() => pause(2_000)),
    'the press prints 200 tickets': await longestWaitMs(() => press.print(job)),
    'the thread that sells prints them': await longestWaitMs(() => renderTicketPdf(job.tickets, OPTIONS)),
  };
  for (const [whatever, ms] of Object.entries(waits)) context.diagnostic(`the longest wait while ${whatever}: ${ms.toFixed(0)} ms`);
});

/** How long at most a timer of one millisecond waited for its turn, until the work and what it held up were done. */
async function longestWaitMs(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const look = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 1);
    last = now;
  };
  const timer = setInterval(look, 1);
  await work();
  await pause(5);
  clearInterval(timer);
  return longest;
}
