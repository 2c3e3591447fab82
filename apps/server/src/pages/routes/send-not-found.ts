import type { FastifyReply } from 'fastify';
import { renderNotFound } from '../render-not-found.ts';
import { sendPage } from '../send-page.ts';

export function sendNotFound(reply: FastifyReply): FastifyReply {
  return sendPage(reply, 404, {
    title: 'No such event · Tessera',
    summary: 'There is no such event.',
    body: renderNotFound(),
    script: null,
  });
}
