import type { FastifyReply } from 'fastify';
import { renderNotFound, type NotFound } from '../render-not-found.ts';
import { sendPage } from '../send-page.ts';

const NO_EVENT = { heading: 'There is no such event', why: 'It may not be published yet, or the address is not complete.' };
const NO_BOOKING = {
  heading: 'There is no such booking',
  why: 'The address is not complete. Your tickets are found by your mail address, too.',
};

export function sendNotFound(reply: FastifyReply): FastifyReply {
  return send(reply, NO_EVENT);
}

export function sendNoBooking(reply: FastifyReply): FastifyReply {
  return send(reply, NO_BOOKING);
}

function send(reply: FastifyReply, page: NotFound): FastifyReply {
  const { heading } = page;
  return sendPage(reply, 404, { title: `${heading} · Tessera`, summary: `${heading}.`, body: renderNotFound(page), script: null });
}
