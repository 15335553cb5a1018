import { config } from 'zod';

/** As `public/before.js` has it for pages, for scripts that are all of one piece: to be imported before any schema. */
config({ jitless: true });
