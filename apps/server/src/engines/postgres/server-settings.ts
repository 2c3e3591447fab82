export type ServerNeeds = {
  socketFolder: string;
  connectionsMax: number;
  /** False gives up safety against a crash of the machine, for tests. A killed server loses nothing either way. */
  durable: boolean;
};

/**
 * The text of postgresql.conf. Tessera writes it anew at every start; `alter system` (postgresql.auto.conf) is the
 * operator's and wins over it.
 */
export function serverSettings(needs: ServerNeeds): string {
  const settings: Record<string, string | number> = {
    // No TCP: two checkouts never meet on a port, and the socket's private folder is the only door.
    listen_addresses: '',
    unix_socket_directories: `"${needs.socketFolder.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    max_connections: needs.connectionsMax,
    superuser_reserved_connections: 3,
    shared_buffers: '256MB',
    wal_buffers: '16MB',
    // Filling each new 16 MB segment with zeros stops every commit for 45 ms: the p99 of holds was 60 ms, without it 26.
    wal_init_zero: 'off',
    // After each checkpoint pages are logged whole, so checkpoints are few; recovery reads at most about 2 GB.
    min_wal_size: '256MB',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    checkpoint_completion_target: 0.9,
    // The binaries come without lz4, and pglz costs a lane more time than the volume it saves.
    wal_compression: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] ',
    lc_messages: 'C',
    cluster_name: 'tessera',
    ...(needs.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum_naptime: '10s' }),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${String(value).replaceAll("'", "''")}'`);
  return `# Written by Tessera at every start. Your own settings go into postgresql.auto.conf, by "alter system".\n${lines.join('\n')}\n`;
}
