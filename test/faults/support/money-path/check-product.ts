import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { repository } from '../../../support/repository.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import type { ShopEvent } from '../shop.ts';
import type { Stage } from './stage.ts';

/** Fails unless the server's own audit of the event's money is clean. */
export async function checkMoneyAudit(url: string, event: ShopEvent): Promise<void> {
  const response = await fetch(`${url}/api/v1/events/${event.id}/money-audit`);
  const report = (await response.json()) as Record<string, unknown>;
  assert.equal(report['verdict'], 'clean', JSON.stringify(report));
}

/** Fails unless `reconcile`, run as operators run it, finds no difference between the provider and the ledger of all events. */
export async function checkReconcile({ shop, databaseUrl, sandboxUrl }: Stage): Promise<Record<string, unknown>> {
  const home = temporaryFolder();
  const env = { ...shop.env, PATH: process.env['PATH'], TESSERA_HOME: home.path, DATABASE_URL: databaseUrl, PAYMENTS_URL: sandboxUrl };
  const program = join(repository, 'apps/server/src/main.ts');
  const [status, printed] = await new Promise<[number | string, string]>((resolve) => {
    execFile(process.execPath, [program, 'reconcile', '--json', '--grace', '0'], { env, cwd: '/' }, (error, stdout, stderr) =>
      resolve([error === null ? 0 : (error.code ?? -1), stdout + stderr]),
    );
  });
  home.remove();
  assert.equal(status, 0, printed);
  const report = JSON.parse(printed.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
  assert.equal(report['verdict'], 'clean', printed);
  assert.deepEqual(report['differences'], []);
  assert.equal(report['recent'], 0);
  return report;
}
