import '@mantine/core/styles.layer.css';
import { App } from './App.tsx';
import { boot } from './boot.tsx';
import { restore } from './session/act.ts';
import { openOutbox } from './signing/outbox.ts';

// Nobody waits for it: pages can be read before it is known who reads them.
void restore().catch(() => undefined);
void openOutbox();
await boot(<App />, ['session']);
