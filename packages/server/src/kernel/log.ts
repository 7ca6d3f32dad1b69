/** One JSON line per log entry; personal data never enters: only ids, codes and counts are logged, and known fields are redacted. */
import { pino } from 'pino';

export type Log = {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

export const createLog = (level: string): Log =>
  pino({
    level,
    base: undefined,
    redact: {
      paths: [
        '*.password',
        '*.phone',
        '*.email',
        '*.phones',
        '*.emails',
        '*.body',
        '*.authorization',
        '*.cookie',
        '*.token',
      ],
      censor: '[redacted]',
    },
    serializers: {
      err: (error: Error & { code?: string }) => ({
        type: error.name,
        code: error.code,
        message: error.message,
        stack: error.stack,
      }),
    },
  });

export const silentLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
