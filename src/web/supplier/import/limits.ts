/** As many rows as a browser shows and signs without trouble. */
export const MOST_ROWS = 5_000;
