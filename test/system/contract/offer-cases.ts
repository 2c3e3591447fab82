import { freshKey, type Buyer } from './buyer.ts';
import type { Cases } from './provoke.ts';

export const offerBodies = { offerTickets: { ticket_numbers: [1] }, withdrawOffers: { ticket_numbers: [1] } };
const body = offerBodies.offerTickets;

/** The id of a booking of one free ticket, sold and offered. */
async function offered(buyer: Buyer): Promise<string> {
  const id = await buyer.placed({ confirm: true });
  await buyer.act(id, 'offers', { body });
  return id;
}

/** Holders who offer tickets, and those who keep them after all. */
export const offerCases: Cases = {
  offerTickets: {
    200: async (_stage, buyer) => buyer.act(await buyer.placed({ confirm: true }), 'offers', { body }),
    403: async (stage, buyer) => {
      const id = await buyer.placed({ type: 'paid' });
      await stage.pay(id);
      return buyer.act(id, 'offers', { body });
    },
    404: ({ unknownBookingId }, buyer) => buyer.act(unknownBookingId, 'offers', { body }),
    409: async (_stage, buyer) => buyer.act(await buyer.placed(), 'offers', { body }),
    422: async (_stage, buyer) => {
      const key = freshKey();
      await buyer.act(await buyer.placed({ confirm: true }), 'offers', { body, key });
      return buyer.act(await buyer.placed({ confirm: true }), 'offers', { body, key });
    },
  },
  withdrawOffers: {
    200: async (_stage, buyer) => buyer.act(await offered(buyer), 'offers/withdraw', { body }),
    404: ({ unknownBookingId }, buyer) => buyer.act(unknownBookingId, 'offers/withdraw', { body }),
    409: async (_stage, buyer) => {
      // The only one of its type.
      const id = await buyer.placed({ type: 'last', confirm: true });
      await buyer.act(id, 'offers', { body });
      await buyer.place({ type: 'last' });
      return buyer.act(id, 'offers/withdraw', { body });
    },
    422: async (_stage, buyer) => {
      const key = freshKey();
      await buyer.act(await offered(buyer), 'offers/withdraw', { body, key });
      return buyer.act(await offered(buyer), 'offers/withdraw', { body, key });
    },
  },
};
