/** Days ahead that every forecast reaches. */
export const HORIZON_DAYS = 7;
