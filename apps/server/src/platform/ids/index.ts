export { formatCellId, formatId, parseCellId, parseId } from './public-id.ts';
export type { CellId } from './public-id.ts';
export { dashed, newUuid, uuidFromText } from './uuid.ts';
