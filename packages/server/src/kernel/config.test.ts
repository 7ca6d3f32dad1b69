import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { ConfigError, EXIT_CONFIG, loadConfig, readConfig } from './config.ts';
import type { Env } from './config.ts';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'zhike-config-'));
after(() => fs.rmSync(root, { recursive: true, force: true }));

function refused(act: () => unknown): ConfigError {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error;
  }
  assert.fail('this setting should have been refused');
}

test('an empty environment gives the documented defaults', () => {
  const config = readConfig({}, '/anywhere');
  assert.match(config.dataDir, /\/data$/);
  assert.deepEqual(
    { ...config, dataDir: '' },
    {
      host: '127.0.0.1',
      port: 7300,
      filesPort: 7301,
      dataDir: '',
      databaseUrl: null,
      publicUrl: 'http://127.0.0.1:7300',
      filesUrl: 'http://127.0.0.1:7301',
      empty: false,
      role: 'all',
      redisUrl: null,
      s3: null,
      logLevel: 'info',
      smtpUrl: null,
      trustProxy: [],
    },
  );
});

test('TRUST_PROXY is a list of addresses and ranges; anything else, and everybody, is one clear line', () => {
  assert.deepEqual(readConfig({ TRUST_PROXY: '127.0.0.1, 10.0.0.0/8 ::1,fd00::/8' }).trustProxy, [
    '127.0.0.1',
    '10.0.0.0/8',
    '::1',
    'fd00::/8',
  ]);
  for (const wrong of [
    'true',
    'proxy.example.cn',
    '10.0.0.0/33',
    '0.0.0.0/0',
    '::/0',
    '10.0.0.0/8/8',
    '1.2.3',
  ]) {
    const error = refused(() => readConfig({ TRUST_PROXY: `127.0.0.1,${wrong}` }));
    assert.equal(error.variable, 'TRUST_PROXY');
    assert.ok(error.message.includes(wrong) && !error.message.includes('\n'), error.message);
  }
});

test('every variable is read', () => {
  const config = readConfig(
    {
      PORT: '80',
      HOST: '::',
      DATA_DIR: 'store',
      PUBLIC_URL: 'https://kf.example.cn/',
      FILES_URL: 'https://files.example.cn',
      ROLE: 'web',
      ZHIKE_EMPTY: '1',
      LOG_LEVEL: 'warn',
      DATABASE_URL: 'postgresql://u:p%40@db/zhike',
      REDIS_URL: 'redis://r:6379',
      SMTP_URL: 'smtp://m:25',
      S3_ENDPOINT: 'https://s3',
      S3_BUCKET: 'b',
      S3_ACCESS_KEY_ID: 'k',
      S3_SECRET_ACCESS_KEY: 's',
    },
    '/srv',
  );
  assert.equal(config.dataDir, '/srv/store');
  assert.equal(config.publicUrl, 'https://kf.example.cn');
  assert.equal(config.filesPort, config.port + 1, 'a proxy stands before the second listener too');
  assert.equal(config.empty, true);
  assert.equal(config.s3?.region, 'us-east-1');
  assert.equal(config.databaseUrl, 'postgresql://u:p%40@db/zhike');
});

test('a wildcard or IPv6 HOST still gives an address that can be opened', () => {
  assert.equal(readConfig({ HOST: '0.0.0.0' }).publicUrl, 'http://127.0.0.1:7300');
  assert.equal(readConfig({ HOST: '[::1]' }).publicUrl, 'http://[::1]:7300');
});

test('an empty variable counts as not set', () => {
  assert.equal(readConfig({ PORT: '', DATABASE_URL: ' ' }).port, 7300);
});

describe('P102 a wrong value gives one line in two languages that says what, where and how to mend it', () => {
  const wrong: [string, Env, variable: string, words: RegExp][] = [
    ['port that is no number', { PORT: '73OO' }, 'PORT', /"73OO".*PORT=7300/],
    ['port 0', { PORT: '0' }, 'PORT', /from 1 to/],
    ['port too high', { PORT: '65536' }, 'PORT', /from 1 to/],
    ['no room for the port of attachments', { PORT: '65535' }, 'PORT', /65534/],
    ['host with a scheme', { HOST: 'http://0.0.0.0' }, 'HOST', /without http/],
    ['unknown role', { ROLE: 'boss' }, 'ROLE', /all, web, worker/],
    ['unknown log level', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL', /debug/],
    ['switch that is neither on nor off', { ZHIKE_EMPTY: 'maybe' }, 'ZHIKE_EMPTY', /1 or 0/],
    ['misspelt switch', { ZHIKE_EMTPY: '1' }, 'ZHIKE_EMTPY', /mean ZHIKE_EMPTY/],
    ['ZHIKE_ name that never was', { ZHIKE_COLOUR_SCHEME: 'x' }, 'ZHIKE_COLOUR_SCHEME', /no such variable/],
    ['misspelt database', { DATABSE_URL: 'postgresql://a/b' }, 'DATABSE_URL', /mean DATABASE_URL/],
    ['other database', { DATABASE_URL: 'mysql://u:hush@h/d' }, 'DATABASE_URL', /postgresql:\/\//],
    ['database without slashes', { DATABASE_URL: 'postgresql:zhike' }, 'DATABASE_URL', /complete address/],
    ['database that is no address', { DATABASE_URL: 'localhost' }, 'DATABASE_URL', /complete address/],
    ['public address without scheme', { PUBLIC_URL: 'kf.example.cn' }, 'PUBLIC_URL', /https:\/\//],
    ['public address with a path', { PUBLIC_URL: 'https://kf.cn/desk' }, 'PUBLIC_URL', /without a path/],
    ['files address with a path', { FILES_URL: 'https://kf.cn/files' }, 'FILES_URL', /without a path/],
    [
      'files on the same origin',
      { PUBLIC_URL: 'https://kf.cn', FILES_URL: 'https://kf.cn:443/' },
      'FILES_URL',
      /origin of their own/,
    ],
    [
      'files on the default origin',
      { FILES_URL: 'http://127.0.0.1:7300' },
      'FILES_URL',
      /origin of their own/,
    ],
    ['other redis', { REDIS_URL: 'http://r' }, 'REDIS_URL', /redis:\/\//],
    ['other mail server', { SMTP_URL: 'imap://m' }, 'SMTP_URL', /smtp:\/\//],
    ['half an object storage', { S3_BUCKET: 'b' }, 'S3_ENDPOINT', /missing: S3_ENDPOINT/],
    ['misspelt object storage', { S3_BUKCET: 'b' }, 'S3_BUKCET', /mean S3_BUCKET/],
  ];
  for (const [story, env, variable, words] of wrong) {
    test(story, () => {
      const error = refused(() => readConfig(env));
      assert.equal(error.variable, variable);
      assert.equal(error.exitCode, EXIT_CONFIG);
      assert.match(error.message, words);
      assert.match(error.message, /^配置错误 .* \| Bad setting /);
      assert.doesNotMatch(error.message, /\n|hush/);
    });
  }

  test('a variable of somebody else is left alone', () => {
    readConfig({ PATH: '/bin', POST: 'x', HOSTNAME: 'pc', NODE_ENV: 'x', AWS_REGION: 'x' });
    readConfig({ DATABASE_URL: 'postgresql://h/d', DATABASE_URI: 'postgresql://other' });
  });

  test('a DATA_DIR that cannot be made', () => {
    fs.writeFileSync(path.join(root, 'file'), '');
    const error = refused(() => loadConfig({ DATA_DIR: path.join(root, 'file/data') }));
    assert.match(error.message, /cannot use the folder .*ENOTDIR/);
  });

  test('a short ZHIKE_SECRET', () => {
    const error = refused(() => loadConfig({ DATA_DIR: root, ZHIKE_SECRET: 'hush hush' }));
    assert.match(error.message, /at least 32 characters, has 9/);
    assert.doesNotMatch(error.message, /hush/);
  });

  test('a secret file that others can read', () => {
    const dir = path.join(root, 'open');
    loadConfig({ DATA_DIR: dir });
    fs.chmodSync(path.join(dir, 'secret'), 0o644);
    assert.match(refused(() => loadConfig({ DATA_DIR: dir })).message, /chmod 600/);
  });

  test('a secret file that was cut off', () => {
    const dir = path.join(root, 'cut');
    fs.mkdirSync(dir);
    fs.writeFileSync(path.join(dir, 'secret'), 'short', { mode: 0o600 });
    assert.match(refused(() => loadConfig({ DATA_DIR: dir })).message, /not complete/);
  });
});

test('the secret is made once, for the owner only, and then stays', () => {
  const dir = path.join(root, 'new/data');
  const first = loadConfig({ DATA_DIR: dir });
  assert.ok(first.secret.length >= 64);
  assert.equal(fs.statSync(path.join(dir, 'secret')).mode & 0o777, 0o600);
  assert.equal(loadConfig({ DATA_DIR: dir }).secret, first.secret);
  assert.deepEqual(fs.readdirSync(dir), ['secret']);
});

test('ZHIKE_SECRET is used instead of the file', () => {
  const dir = path.join(root, 'given');
  const secret = 'x'.repeat(32);
  assert.equal(loadConfig({ DATA_DIR: dir, ZHIKE_SECRET: secret }).secret, secret);
  assert.deepEqual(fs.readdirSync(dir), []);
});
