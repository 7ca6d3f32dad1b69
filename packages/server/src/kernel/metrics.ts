/** Prometheus figures of the running process; business figures live in metrics/. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export const registry = new Registry();
collectDefaultMetrics({ register: registry, prefix: 'zhike_' });

const requests = new Histogram({
  name: 'zhike_http_request_seconds',
  help: 'Duration of HTTP requests by route, method and status class',
  labelNames: ['route', 'method', 'status'],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
  registers: [registry],
});
export const observeRequest = (route: string, method: string, status: number, ms: number) =>
  requests.observe({ route, method, status: `${Math.floor(status / 100)}xx` }, ms / 1000);

/** A figure read when Prometheus asks. The centre that started last in this process answers (tests start several). */
export const gauge = (name: string, help: string, read: () => Promise<number>) => {
  registry.removeSingleMetric(`zhike_${name}`);
  return new Gauge({
    name: `zhike_${name}`,
    help,
    registers: [registry],
    async collect() {
      this.set(await read().catch(() => Number.NaN));
    },
  });
};
export const counter = (name: string, help: string) =>
  new Counter({ name: `zhike_${name}`, help, registers: [registry] });
