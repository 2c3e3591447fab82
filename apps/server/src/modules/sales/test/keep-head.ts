import { Client } from 'pg';

/** A session of the test that keeps the head of an event locked, as a server stopped in mid-batch does. */
export async function keepHead(url: string, eventId: string): Promise<{ release(): Promise<void> }> {
  const client = new Client({ connectionString: url, application_name: 'tessera-test' });
  await client.connect();
  await client.query('begin');
  await client.query('select 1 from sales.heads where event_id = $1 for no key update', [eventId]);
  return { release: () => client.end() };
}

/** Waits until so many sessions of lanes wait for a lock in the database of `url`. */
export async function untilLanesWait(url: string, sessions = 1): Promise<void> {
  const client = new Client({ connectionString: url, application_name: 'tessera-test' });
  await client.connect();
  try {
    for (;;) {
      const text = `select from pg_stat_activity
        where datname = current_database() and application_name = 'tessera-lane' and wait_event_type = 'Lock'`;
      if (((await client.query(text)).rowCount ?? 0) >= sessions) return;
    }
  } finally {
    await client.end();
  }
}
