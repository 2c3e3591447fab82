export { renderCalendar } from './calendar/render-calendar.ts';
export type { CalendarEvent } from './calendar/calendar-event.ts';
export { formatAmount, shortRef } from './format-values.ts';
export { renderReceiptPdf } from './receipt/render-receipt-pdf.ts';
export type { ReceiptDocument, ReceiptLine, ReceiptOptions, ReceiptTax } from './receipt-document.ts';
export { renderTicketPdf } from './ticket/render-ticket-pdf.ts';
export { cleanText } from './text/clean-text.ts';
export type { DocumentLocale, TicketDocument, TicketFormat, TicketOptions } from './ticket-document.ts';
