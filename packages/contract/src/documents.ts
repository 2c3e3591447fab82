import { Type } from 'typebox';
import { BOOKING_QUANTITY_MAX } from './bookings.ts';
import { closed } from './scalars.ts';

const locale = Type.Optional(Type.Enum(['en', 'de'], { default: 'en', description: 'The language of its labels.' }));
const format = Type.Optional(Type.Enum(['a4', 'phone'], { default: 'a4', description: 'For paper, or for the screen of a telephone.' }));
const number = (description: string) => Type.Optional(Type.Integer({ minimum: 1, maximum: 20 * BOOKING_QUANTITY_MAX, description }));

export const TicketPdfQuery = closed({ format, locale });
export const TicketsPdfQuery = closed({
  format,
  locale,
  from: number('The number of the first ticket that is wanted.'),
  to: number('The number of the last one.'),
});
export const ReceiptQuery = closed({ locale });

const file = (mediaType: string, description: string) => ({ description, content: { [mediaType]: { schema: Type.String() } } });
export const PdfFile = file('application/pdf', 'A file to be kept.');
export const CalendarFile = file('text/calendar', 'iCalendar (RFC 5545), an entry for each day.');
