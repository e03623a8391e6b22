// How often what is measured, in every place the same.

export const LISTED = 10_000;

/** What is quick is done more often than what is slow. */
export const rounds = (cold) => ({ warm: 50, whoami: cold * 20, list: Math.max(5, Math.ceil(cold / 2)) });
