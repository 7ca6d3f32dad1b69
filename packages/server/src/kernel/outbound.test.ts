import assert from 'node:assert/strict';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { mayReach, networks, unwrap } from './addresses.ts';
import { OutboundError, createOutbound } from './outbound.ts';
import type { Outbound, OutboundCause } from './outbound.ts';

const reason = (wanted: OutboundCause) => (error: unknown) =>
  error instanceof OutboundError && error.reason === wanted;

describe('where an address leads', () => {
  const none = networks([]);
  for (const address of [
    '127.0.0.1',
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '169.254.169.254',
    '172.31.255.255',
    '192.168.1.1',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::127.0.0.1',
    '64:ff9b::127.0.0.1',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::10.0.0.1',
    '::ffff:0:127.0.0.1',
    '2002:7f00:1::',
    '2002:a9fe:a9fe::1',
    '2001:0:4136:e378:8000:63bf:80ff:fffe',
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    'ff02::1',
    'not an address',
  ])
    it(`${address} is not reached`, () => assert.equal(mayReach(address, none), false));
  for (const address of [
    '1.1.1.1',
    '8.8.8.8',
    '2606:4700::1111',
    '::ffff:8.8.8.8',
    '64:ff9b::8.8.8.8',
    '2002:808:808::1',
  ])
    it(`${address} is reached`, () => assert.equal(mayReach(address, none), true));
  it('a range may be excepted, also when it hides in another form', () => {
    const lab = networks(['10.2.0.0/16', '::1']);
    assert.deepEqual(
      ['10.2.3.4', '::ffff:10.2.3.4', '10.3.0.1', '::1'].map((address) => mayReach(address, lab)),
      [true, true, false, true],
    );
  });
  it('unwraps', () =>
    assert.deepEqual(['::ffff:1.2.3.4', '2002:102:304::', '1.2.3.4', '2606:4700::1'].map(unwrap), [
      '1.2.3.4',
      '1.2.3.4',
      '1.2.3.4',
      '2606:4700::1',
    ]));
});

describe('the guarded client', () => {
  let server: http.Server;
  let port: number;
  let hits: string[];
  let open: Outbound;
  before(async () => {
    hits = [];
    server = http.createServer((request, response) => {
      hits.push(request.url!);
      if (request.url === '/redirect')
        return response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
      if (request.url === '/big') return response.end(Buffer.alloc(3_000_000));
      if (request.url === '/never') return undefined;
      if (request.url === '/drip') {
        const timer = setInterval(() => response.write('x'), 20);
        response.on('close', () => clearInterval(timer));
        return undefined;
      }
      return response.end(JSON.stringify({ cookie: request.headers.cookie ?? null }));
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    ({ port } = server.address() as AddressInfo);
    open = createOutbound({ except: ['127.0.0.1'] });
  });
  after(async () => {
    open.close();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });

  it('the canary on loopback stays silent, whatever the address is written like', async () => {
    const closed = createOutbound();
    hits.length = 0;
    for (const host of [
      '127.0.0.1',
      '2130706433',
      '0x7f.1',
      '127.1',
      '0177.0.0.1',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '[64:ff9b::7f00:1]',
      '[2002:7f00:1::]',
      'localhost',
      '0',
    ])
      await assert.rejects(
        closed.request(`http://${host}:${port}/canary`),
        reason('forbidden_address'),
        host,
      );
    assert.deepEqual(hits, []);
  });

  it('a name that leads inside is refused when the connection is made, even if only one of its addresses does', async () => {
    let asked = 0;
    const rebinding = createOutbound({
      resolve: async () =>
        asked++ === 0
          ? [
              { address: '1.1.1.1', family: 4 },
              { address: '127.0.0.1', family: 4 },
            ]
          : [{ address: '::ffff:127.0.0.1', family: 6 }],
    });
    for (let i = 0; i < 2; i++)
      await assert.rejects(
        rebinding.request(`http://rebind.test:${port}/canary`),
        reason('forbidden_address'),
      );
    assert.equal(asked, 2);
    assert.deepEqual(hits, []);
  });

  it('an excepted range is reached', async () => {
    const { status, body } = await open.request(`http://127.0.0.1:${port}/ok`);
    assert.equal(status, 200);
    assert.deepEqual(JSON.parse(body.toString()), { cookie: null });
  });

  it('redirects, floods and silence end in a named refusal', async () => {
    const at = (path: string) => `http://127.0.0.1:${port}${path}`;
    await assert.rejects(open.request(at('/redirect')), reason('redirect'));
    await assert.rejects(open.request(at('/big')), reason('too_large'));
    await assert.rejects(open.request(at('/never'), { timeMs: 150 }), reason('time'));
    await assert.rejects(open.request(at('/drip'), { timeMs: 200 }), reason('time'));
    await assert.rejects(open.request('http://127.0.0.1:1/'), reason('connect'));
    for (const url of ['file:///etc/passwd', 'ftp://x.test/', 'http://user:pass@x.test/', 'nonsense'])
      await assert.rejects(open.request(url), reason('url'), url);
  });

  it('a slow receiver holds only its own turn', async () => {
    const narrow = createOutbound({ except: ['127.0.0.1'], perDestination: 1, mostWaiting: 1 });
    const slow = narrow.request(`http://127.0.0.1:${port}/never`, { timeMs: 300 });
    const waiting = narrow.request(`http://127.0.0.1:${port}/ok`);
    await assert.rejects(narrow.request(`http://127.0.0.1:${port}/ok`), reason('busy'));
    await assert.rejects(slow, reason('time'));
    assert.equal((await waiting).status, 200);
  });
});
