import { readdir, readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ChildServer } from './child-server.ts';
import { Unmeasured } from './unmeasured.ts';

/** People with accounts who sign in on and on, each time from another address of this machine. */
export type SignIns = {
  /** Signs in at an even pace until it is stopped; answers how many did. Throws Unmeasured if one was refused. */
  begin(): { stop(): Promise<number> };
};

const PEOPLE = 20;
const PASSWORD = 'a long walk by the sea';
const MAIL_MAX_MS = 10_000;

/** Makes the accounts as people would: by asking, reading the mail in the server's outbox, and following it. */
export async function openSignIns(server: ChildServer, outbox: string, perMinute: number): Promise<SignIns> {
  const emails: string[] = [];
  for (let number = 0; number < PEOPLE; number += 1) emails.push(await makeAccount(server, outbox, `person-${number}@example.org`));
  return {
    begin: () => {
      let isStopped = false;
      const running = run();
      return {
        stop: () => {
          isStopped = true;
          return running;
        },
      };

      async function run(): Promise<number> {
        const answers: Promise<void>[] = [];
        const startMs = performance.now();
        while (!isStopped) {
          answers.push(signIn(server, emails[answers.length % emails.length]!));
          await pause(Math.max(0, startMs + (answers.length * 60_000) / perMinute - performance.now()));
        }
        await Promise.all(answers);
        return answers.length;
      }
    },
  };
}

async function signIn(server: ChildServer, email: string): Promise<void> {
  const { status, body } = await post(server, '/api/v1/sessions', { email, password: PASSWORD });
  if (status !== 201) throw new Unmeasured(`A sign-in was answered ${status}: ${body}`);
}

async function makeAccount(server: ChildServer, outbox: string, email: string): Promise<string> {
  const asked = await post(server, '/api/v1/sign-ups', { email, password: PASSWORD, name: 'Somebody' });
  if (asked.status !== 202) throw new Unmeasured(`A sign-up was answered ${asked.status}: ${asked.body}`);
  const verified = await post(server, '/api/v1/sign-ups/verify', { token: await mailedToken(outbox, email), password: PASSWORD });
  if (verified.status !== 201) throw new Unmeasured(`A verification was answered ${verified.status}: ${verified.body}`);
  return email;
}

async function mailedToken(outbox: string, to: string): Promise<string> {
  const endMs = performance.now() + MAIL_MAX_MS;
  while (performance.now() < endMs) {
    for (const name of await readdir(outbox).catch(() => [])) {
      const mail = name.endsWith('.eml') ? await readFile(join(outbox, name), 'utf8') : '';
      const token = mail.includes(`<${to}>`) || mail.includes(`To: ${to}`) ? /mlt_[\w-]+/.exec(mail)?.[0] : undefined;
      if (token !== undefined) return token;
    }
    await pause(20);
  }
  throw new Unmeasured(`No mail has come to ${to}.`);
}

let sent = 0;

/** Attempts are limited by address, and this machine has 16 million: 127.0.0.0/8. */
function post(server: ChildServer, path: string, body: object): Promise<{ status: number; body: string }> {
  sent += 1;
  const localAddress = `127.1.${(sent >> 8) & 255}.${sent & 255}`;
  const headers = { 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: server.port, path, method: 'POST', localAddress, agent: false, headers }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(pieces).toString('utf8') }));
      answer.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(JSON.stringify(body));
  });
}
