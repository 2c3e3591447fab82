import type { FastifyReply } from 'fastify';
import { renderDocument, type Page } from './layout.ts';

/** Nothing runs, loads or frames but what this server's own files bring; pictures may come from elsewhere over https. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' https:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const PAGE_HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
} as const;

/** Sends a page. It shows what is left at this moment, so that no cache may keep it. */
export function sendPage(reply: FastifyReply, status: 200 | 404, page: Page): FastifyReply {
  return reply
    .code(status)
    .headers({ ...PAGE_HEADERS, 'cache-control': 'private, no-store', 'content-type': 'text/html; charset=utf-8' })
    .send(renderDocument(page));
}
