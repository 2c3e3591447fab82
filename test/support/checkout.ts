import { chmodSync, cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './repository.ts';

/** What a checkout needs to start, node_modules included. */
const parts = ['apps', 'packages', 'node_modules', 'package.json'];

/** A copy of this checkout in `<folder>/checkout`, where `folder` is closed to everybody but its owner. */
export function copyCheckout(folder: string): string {
  const checkout = join(folder, 'checkout');
  mkdirSync(checkout, { recursive: true });
  chmodSync(folder, 0o700);
  for (const part of parts) cpSync(join(repository, part), join(checkout, part), { recursive: true, verbatimSymlinks: true });
  return checkout;
}
