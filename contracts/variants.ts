/** Production variants: the champion serves, the challenger is compared with it. Never renamed while an endpoint lives. */
export const VARIANTS = ["champion", "challenger"] as const;
export type Variant = (typeof VARIANTS)[number];
