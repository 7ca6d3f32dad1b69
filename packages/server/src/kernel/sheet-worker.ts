/** Runs in a worker thread: a sheet of 5,000 rows takes seconds, and nobody else would be served meanwhile. */
import { answerInCage } from './cage.ts';
import { readSheet } from './sheet-read.ts';

answerInCage(readSheet);
