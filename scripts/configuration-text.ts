import { settings } from '../apps/server/src/config/settings.ts';
import type { Setting } from '../apps/server/src/config/settings.ts';

const heading = `# Configuration

Written by \`npm run configuration\` from apps/server/src/config/settings.ts; do not edit.

Every setting is a variable of the environment; those with a flag can be given to \`npm start -- <flag> <value>\` too, and
the flag wins. An empty value counts as not set. A wrong value, or an unknown name that begins with \`TESSERA_\`, stops the
start with one sentence for each.

| setting | meaning | accepts | default | flag |
|---|---|---|---|---|
`;

/** The reference of all settings, as docs/configuration.md holds it. */
export function configurationText(): string {
  const rows = Object.entries<Setting<unknown, string | null>>(settings).map(([name, setting]) => row(name, setting));
  return `${heading}${rows.join('\n')}\n`;
}

function row(name: string, setting: Setting<unknown, string | null>): string {
  const byDefault = setting.defaultReads ?? (setting.byDefault === null ? 'not set' : `\`${setting.byDefault}\``);
  const flag = setting.flag === undefined ? '' : `\`${setting.flag}\``;
  return `| \`${name}\` | ${setting.meaning} | ${setting.accepts} | ${byDefault} | ${flag} |`;
}
