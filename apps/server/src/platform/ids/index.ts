export { formatCellId, formatId, parseCellId, parseId } from './public-id.ts';
export type { CellId, IdPrefix } from './public-id.ts';
export { newUuid, uuidFromText } from './uuid.ts';
