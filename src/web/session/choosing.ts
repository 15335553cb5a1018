import { Store } from './store.ts';

/** Whether the reader is choosing who they are. */
export const isChoosing = new Store(false);
