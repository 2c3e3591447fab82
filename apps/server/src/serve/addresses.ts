import type { Config } from '../config.ts';

/** The address to open in a browser on this machine. */
export function shownUrl(host: string, port: number): string {
  const isAnywhere = host === '0.0.0.0' || host === '::';
  const name = isAnywhere || host === '127.0.0.1' || host === '::1' ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

export function printAddresses(url: string, config: Pick<Config, 'http' | 'home'>, print: (line: string) => void): void {
  print('');
  print(`Tessera is ready:   ${url}`);
  print(`API reference:      ${url}/docs`);
  print(`Health, metrics:    ${url}/health/ready  ${url}/metrics`);
  if (shownUrl(config.http.host, 0) !== `http://${config.http.host}:0` && config.http.host !== '127.0.0.1')
    print('Reachable from other machines too.');
  print(`Everything it keeps lies in ${config.home}. Ctrl-C stops it.`);
  print('');
}
