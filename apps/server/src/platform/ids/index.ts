export { formatCellId, formatId, formatTicketId, parseCellId, parseId, parseTicketId } from './public-id.ts';
export type { CellId, TicketKey } from './public-id.ts';
export { dashed, newUuid, uuidFromText } from './uuid.ts';
