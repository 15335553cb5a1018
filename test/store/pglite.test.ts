import { benchOf } from './databases.ts';
import { comparing } from './suites/comparing.ts';
import { connections } from './suites/connections.ts';
import { evidence } from './suites/evidence.ts';
import { indexing } from './suites/index-store.ts';
import { outboxes } from './suites/outbox.ts';
import { projections } from './suites/projections.ts';
import { reading } from './suites/reading.ts';
import { rewinding } from './suites/rewind.ts';

const bench = benchOf('pglite');
connections(bench);
projections(bench);
indexing(bench);
outboxes(bench);
evidence(bench);
reading(bench);
rewinding(bench);
comparing(bench);
