import { answerChecks } from './answering.ts';

answerChecks();
