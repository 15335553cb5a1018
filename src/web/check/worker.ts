import '../no-eval.ts';
import { answerChecks } from './answering.ts';

answerChecks();
