/** Stands in keys for "no gate" and "no ticket type", where a null cannot. */
export const NIL_ID = '00000000-0000-0000-0000-000000000000';
