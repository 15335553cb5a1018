import { Hono } from 'hono';

// Ponder does not start without one. Nobody asks it anything.
export default new Hono();
