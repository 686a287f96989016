/** The chain's categories. Each has one model and one model package group; codes are positions in this list. */
export const CATEGORIES = ["drinks", "food", "daily", "confectionery"] as const;
export type Category = (typeof CATEGORIES)[number];
