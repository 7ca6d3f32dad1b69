/** Whether our ports are free, asked before the long work begins. */
import { once } from 'node:events';
import net from 'node:net';
import { ConfigError } from '#kernel/config.ts';
import type { Config } from '#kernel/config.ts';

export async function checkPorts(config: Pick<Config, 'host' | 'port' | 'filesPort'>): Promise<void> {
  for (const port of [config.port, config.filesPort]) {
    const server = net.createServer().listen(port, config.host);
    try {
      await once(server, 'listening');
    } catch (error) {
      throw portError(error, config) ?? error;
    }
    server.close();
    await once(server, 'close');
  }
}

/** One clear line for an error of listen(); null for any other error. */
export function portError(error: unknown, config: Pick<Config, 'host'>): ConfigError | null {
  const { code, port } = error as { code?: string; port?: number };
  switch (code) {
    case 'EADDRINUSE':
      return new ConfigError(
        'PORT',
        `端口 ${port} 已被占用（可能知客已在运行）。请停止占用它的程序，或换一个端口：PORT=7400 npm start。`,
        `port ${port} is in use (perhaps Zhike is running already). Stop the program that uses it, or take another port: PORT=7400 npm start.`,
      );
    case 'EACCES':
      return new ConfigError(
        'PORT',
        `没有权限使用端口 ${port}。请使用 1024 以上的端口，前面加反向代理。`,
        `port ${port} may not be used by this user. Take a port above 1024 and put a reverse proxy in front.`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ConfigError(
        'HOST',
        `本机没有地址 ${config.host}。可用 127.0.0.1，或 0.0.0.0 表示所有网卡。`,
        `this machine has no address ${config.host}. Use 127.0.0.1, or 0.0.0.0 for all interfaces.`,
      );
    default:
      return null;
  }
}
