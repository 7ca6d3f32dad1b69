/**
 * A parser in a cage: bytes from outside are read in a worker thread with a ceiling of memory and time. A bomb ends
 * the worker, not the server; the next job gets a new one.
 */
import { Worker, parentPort } from 'node:worker_threads';

/** `time` and `memory`: the ceiling was hit. `crash`: the worker died. `refused`: the parser said no, `message` says why. */
export type CageCause = 'time' | 'memory' | 'crash' | 'refused';

export class CageError extends Error {
  readonly reason: CageCause;
  constructor(reason: CageCause, message: string) {
    super(message);
    this.reason = reason;
  }
}

export type Cage<I, O> = { run(input: I): Promise<O>; close(): Promise<void> };
export type CageOptions = { memoryMb: number; timeMs: number };

type Answer<O> = { id: number; ok: true; output: O } | { id: number; ok: false; message: string };
type Job<I, O> = { id: number; input: I; resolve(output: O): void; reject(error: CageError): void };

/** One worker, one job at a time, in order of asking. `entry` is a module that calls `answerInCage`. */
export const createCage = <I, O>(entry: URL, { memoryMb, timeMs }: CageOptions): Cage<I, O> => {
  const waiting: Job<I, O>[] = [];
  let current: Job<I, O> | undefined;
  let worker: Worker | undefined;
  let clock: NodeJS.Timeout | undefined;
  let ids = 0;

  const finish = (settle: (job: Job<I, O>) => void) => {
    clearTimeout(clock);
    const job = current;
    current = undefined;
    if (job) settle(job);
    next();
  };

  const drop = (reason: CageCause, message: string, dying: Worker) => {
    if (worker !== dying) return;
    worker = undefined;
    dying.removeAllListeners();
    dying.on('error', () => {});
    void dying.terminate();
    finish((job) => job.reject(new CageError(reason, message)));
  };

  const hire = (): Worker => {
    const hired = new Worker(entry, {
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
      env: {},
      stdin: false,
    });
    hired.on('message', (answer: Answer<O>) => {
      if (answer.id !== current?.id) return;
      finish((job) =>
        answer.ok ? job.resolve(answer.output) : job.reject(new CageError('refused', answer.message)),
      );
    });
    hired.on('error', (error: Error & { code?: string }) =>
      drop(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'crash', error.message, hired),
    );
    hired.on('exit', (code) => drop('crash', `the worker ended with ${code}`, hired));
    return hired;
  };

  const next = () => {
    if (current) return;
    current = waiting.shift();
    // Idle, the worker must not keep the process alive; at work it must.
    if (!current) return void worker?.unref();
    worker ??= hire();
    worker.ref();
    const busy = worker;
    clock = setTimeout(() => drop('time', `no answer within ${timeMs} ms`, busy), timeMs);
    busy.postMessage({ id: current.id, input: current.input });
  };

  return {
    run: (input) =>
      new Promise<O>((resolve, reject) => {
        waiting.push({ id: (ids += 1), input, resolve, reject });
        next();
      }),
    close: async () => {
      const last = worker;
      worker = undefined;
      last?.removeAllListeners();
      finish((job) => job.reject(new CageError('crash', 'the cage was closed')));
      await last?.terminate();
    },
  };
};

/** The worker's side: answers each job with what `work` gives; what it throws is told as a refusal. */
export const answerInCage = <I, O>(work: (input: I) => O | Promise<O>): void => {
  parentPort?.on('message', ({ id, input }: { id: number; input: I }) => {
    void (async () => {
      try {
        parentPort!.postMessage({ id, ok: true, output: await work(input) });
      } catch (error) {
        parentPort!.postMessage({ id, ok: false, message: (error as Error).message });
      }
    })();
  });
};
