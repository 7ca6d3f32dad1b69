/** An SMTP server that misbehaves on demand, on a real socket. Plain commands only. */
import net from 'node:net';
import type { AddressInfo } from 'node:net';

/** `lost`: keeps the mail and cuts before saying so. `mid`: cuts inside the content. `hang`: says nothing at all. */
export type SinkMode = 'ok' | 'temp' | 'perm' | 'lost' | 'mid' | 'hang';
export type Caught = { from: string; to: string[]; raw: string; messageId: string };
export type Sink = { url: string; caught: Caught[]; mode(next: SinkMode): void; close(): Promise<void> };

export const startSink = async (): Promise<Sink> => {
  let mode: SinkMode = 'ok';
  const caught: Caught[] = [];
  const open = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    let buffer = '';
    let reading = false;
    let from = '';
    let to: string[] = [];
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => {});
    const say = (line: string) => socket.write(`${line}\r\n`);
    if (mode !== 'hang') say('220 sink');
    const command = (line: string) => {
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'EHLO') return say('250-sink\r\n250 8BITMIME');
      if (verb === 'MAIL') {
        from = /<(.*?)>/.exec(line)?.[1] ?? '?';
        to = [];
        return say(mode === 'temp' ? '451 try later' : '250 ok');
      }
      if (verb === 'RCPT') {
        if (mode === 'perm') return say('550 no such user');
        to.push(/<(.*?)>/.exec(line)?.[1] ?? '?');
        return say('250 ok');
      }
      if (verb === 'DATA') {
        reading = true;
        return say('354 go');
      }
      if (verb === 'QUIT') return socket.end('221 bye\r\n');
      return say('250 ok');
    };
    socket.on('data', (bytes) => {
      if (mode === 'hang') return;
      buffer += bytes.toString('utf8');
      for (;;) {
        if (reading) {
          if (mode === 'mid') return void socket.resetAndDestroy();
          const end = buffer.indexOf('\r\n.\r\n');
          if (end < 0) return;
          const raw = buffer.slice(0, end + 2);
          buffer = buffer.slice(end + 5);
          reading = false;
          caught.push({
            from,
            to,
            raw,
            messageId: /^message-id:\s*<(.*)>/im.exec(raw.replace(/\r\n[ \t]+/g, ' '))?.[1] ?? '',
          });
          if (mode === 'lost') return void socket.resetAndDestroy();
          say('250 queued');
          continue;
        }
        const end = buffer.indexOf('\r\n');
        if (end < 0) return;
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        command(line);
      }
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    caught,
    mode: (next) => {
      mode = next;
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
};
