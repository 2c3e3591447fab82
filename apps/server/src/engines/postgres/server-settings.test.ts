import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serverSettings } from './server-settings.ts';

const needs = { socketFolder: '/srv/run', connectionsMax: 321, durable: true };

test('a durable server keeps every safety on and listens on no port', () => {
  const text = serverSettings(needs);
  assert.match(text, /^listen_addresses = ''$/m);
  assert.match(text, /^max_connections = '321'$/m);
  assert.doesNotMatch(text, /fsync|full_page_writes|synchronous_commit/);
});

test('only a server for tests gives up fsync', () => {
  assert.match(serverSettings({ ...needs, durable: false }), /^fsync = 'off'$/m);
});

test('quotes and commas in the path of the socket stay one path', () => {
  const text = serverSettings({ ...needs, socketFolder: `/it's a "home", really` });
  assert.match(text, /^unix_socket_directories = '"\/it''s a ""home"", really"'$/m);
});
