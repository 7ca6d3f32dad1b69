/** What the tools need from the server. Assigning the imported modules to these types keeps both sides honest. */
import type { Config } from '#kernel/config.ts';
import type { DatabaseConnection } from '#kernel/provide-database.ts';

export type StartedServer = {
  urls: { desk: string; portal: string; widgetPage: string; docs: string };
  /** the password of all demo log-ins, while they are valid */
  demoPassword?: string;
  /** one-time link to make the first administrator of an empty centre */
  setupLink?: string;
  stop(): Promise<void>;
};

/** #server/main.ts */
export type ServerDoor = {
  startServer(options: {
    config: Config;
    database: DatabaseConnection;
    /** load the demo centre when the database is new */
    demo: boolean;
    log: (line: string) => void;
  }): Promise<StartedServer>;
};

export type SeedSize = 'small' | 'day' | 'year';

/** What doctor looked at; `mend` says what to do when it is not ok. */
export type Finding = { name: string; ok: boolean; detail: string; mend?: string };

/**
 * #server/cli.ts. Each function opens the centre of `config` by itself (`provideDatabase` of the kernel), closes it
 * before it returns, and throws an Error whose message says what is wrong and what to do.
 */
export type CommandDoors = {
  /** Returns the one-time link or password the new user needs, null when a password was given. */
  createUser(
    config: Config,
    args: { email: string; name: string; role: string; password?: string },
  ): Promise<{ id: string; password: string | null }>;
  /** Returns the token, shown once. No scopes: all the scopes of the user's role. */
  createToken(
    config: Config,
    args: { login: string; name: string; scopes: string[] },
  ): Promise<{ token: string }>;
  seed(
    config: Config,
    args: { size: SeedSize; seed: number; onProgress: (line: string) => void },
  ): Promise<{ customers: number; conversations: number; tickets: number }>;
  /** Names of the migrations that were applied now. */
  migrate(config: Config, args: Record<never, never>): Promise<{ applied: string[] }>;
  auditVerify(config: Config, args: Record<never, never>): Promise<{ entries: number; broken: string[] }>;
  /** Reads a pack folder and runs its cases, each in a centre of its own; faults first, then one line for each case. */
  packValidate(
    config: Config,
    args: { folder: string; onCase: (name: string, why: string | null) => void; goOn: () => boolean },
  ): Promise<{
    faults: { file: string; line: number; zh: string; en: string }[];
    cases: number;
    failed: number;
  }>;
  packInstall(
    config: Config,
    args: { folder: string },
  ): Promise<{ key: string; how: 'new' | 'same' | 'newer' | 'draft' }>;
  doctor(config: Config, args: Record<never, never>): Promise<Finding[]>;
};

/** tools/bench/main.ts; no workload means all of them. Returns the exit code. */
export type BenchDoor = { bench(config: Config, workloads: string[], rows?: number): Promise<number> };
