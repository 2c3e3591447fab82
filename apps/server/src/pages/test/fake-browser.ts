import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FakeElement } from './fake-document.ts';

const ASSETS = join(import.meta.dirname, '..', 'assets');

/** As much of a browser as a walk over the pages needs: it keeps what pages keep, goes where they lead, and asks a real server. */
export type FakeBrowser = {
  /** Opens a page anew, with its own script. `ids` are those of its elements that the script looks for. */
  open(path: string, ids: Record<string, FakeElement>): Promise<string>;
  /** Where the page has led to, or null. */
  wentTo(): string | null;
  /** Acts as the browser of somebody from now on: each keeps its own things. */
  become(who: string): void;
  /** What the browser has kept under a name. */
  kept(name: string): string | null;
};

registerHooks({
  resolve: (specifier, context, next) => {
    if (specifier === '/assets/qr.js') return next('qr', { ...context, parentURL: import.meta.url });
    const [path = '', query] = specifier.split('?');
    if (!path.startsWith('/assets/')) return next(specifier, context);
    // Every page that is opened runs its scripts anew.
    const opened = query ?? new URL(context.parentURL ?? import.meta.url).search.slice(1);
    return next(`${pathToFileURL(join(ASSETS, path.slice('/assets/'.length))).href}?${opened}`, context);
  },
});

let pagesOpened = 0;

export function openBrowser(origin: string): FakeBrowser {
  const stores = new Map<string, Map<string, string>>();
  let store = new Map<string, string>();
  const realFetch = globalThis.fetch;
  const timers = { setTimeout: globalThis.setTimeout, setInterval: globalThis.setInterval };
  const place = {
    hash: '',
    pathname: '/',
    origin,
    assign: (address: string): void => {
      went = address;
    },
  };
  let went: string | null = null;
  let elements: Record<string, FakeElement> = {};
  Object.assign(globalThis, {
    document: {
      getElementById: (id: string) => elements[id] ?? null,
      createElement: (tag: string) => new FakeElement(tag),
      createElementNS: (_space: string, tag: string) => new FakeElement(tag),
      visibilityState: 'hidden',
    },
    location: place,
    history: {
      replaceState: (): void => {
        place.hash = '';
      },
    },
    localStorage: {
      getItem: (name: string) => store.get(name) ?? null,
      setItem: (name: string, value: string) => store.set(name, value),
      removeItem: (name: string) => store.delete(name),
    },
    fetch: (path: string, options: RequestInit) => realFetch(new URL(path, origin), options),
    setTimeout: (...given: Parameters<typeof setTimeout>) => ofPage(timers.setTimeout(...given)),
    setInterval: (...given: Parameters<typeof setInterval>) => ofPage(timers.setInterval(...given)),
  });
  return {
    open: async (path, ids) => {
      const [address = '', hash = ''] = path.split('#');
      const page = await realFetch(new URL(address, origin));
      const html = await page.text();
      assert.equal(page.status, 200, html);
      Object.assign(place, { pathname: address, hash: hash && `#${hash}` });
      [elements, went] = [ids, null];
      const [, script = ''] = /<script type="module" src="([^"]+)">/.exec(html) ?? [];
      pagesOpened += 1;
      await import(`${pathToFileURL(join(ASSETS, script.slice('/assets/'.length))).href}?${pagesOpened}`);
      return html;
    },
    wentTo: () => went,
    become: (who) => {
      store = stores.get(who) ?? new Map();
      stores.set(who, store);
    },
    kept: (name) => store.get(name) ?? null,
  };
}

/** A page that goes on looking keeps no test alive; the server's own timers are as they are. */
function ofPage(timer: NodeJS.Timeout): NodeJS.Timeout {
  return new Error('asked by whom').stack?.includes('/pages/assets/') ? timer.unref() : timer;
}

/** What stands in the attributes of the page's element with this id, as its script reads it. */
export function dataOf(html: string, id: string): Record<string, string> {
  const [tag = ''] = new RegExp(`<[^>]*\\bid="${id}"[^>]*>`).exec(html) ?? [];
  const named = [...tag.matchAll(/data-([a-z-]+)="([^"]*)"/g)];
  return Object.fromEntries(
    named.map(([, name = '', value = '']) => [name.replace(/-(.)/g, (_all, letter: string) => letter.toUpperCase()), value]),
  );
}
