/** The import path under test: the whole suite runs over `hubkey`, and once more over `hubkey/js`. */
export const ENTRY = process.env.HUBKEY_ENTRY ?? "hubkey";
