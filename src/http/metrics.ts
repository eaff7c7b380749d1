import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Figure } from '../foundation/index.ts'

export type Metrics = {
  /** Counts an answered request. `route` is its pattern, never its path. */
  answered(method: string, route: string, status: number, ms: number): void
  /** All figures, in Prometheus' text format 0.0.4. */
  text(): Promise<string>
  readonly contentType: string
}

/** A registry of its own, so that two front desks in one process do not count into each other. */
export function createMetrics(figures: readonly Figure[]): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'jieting_http_request_seconds',
    help: 'Time from a request to its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  })
  return {
    answered: (method, route, status, ms) => requests.observe({ method, route, status }, ms / 1000),
    text: async () => `${await registry.metrics()}\n${await textOf(figures)}`,
    contentType: registry.contentType,
  }
}

/**
 * Figures get a new registry at each scrape, since their labels are known only once they are read. Rooms that share
 * a figure, such as write-behind queues, add their numbers to one metric.
 */
async function textOf(figures: readonly Figure[]): Promise<string> {
  const scrape = new Registry()
  const registers = [scrape]
  const metrics = new Map<string, Gauge | Counter>()
  for (const { name, help, kind, read } of figures) {
    const now = read()
    const values = typeof now === 'number' ? [{ labels: {}, value: now }] : now
    if (values.length === 0 && metrics.has(name)) continue
    const labelNames = Object.keys(values[0]?.labels ?? {})
    const make = () =>
      kind === 'gauge'
        ? new Gauge({ name, help, labelNames, registers })
        : new Counter({ name, help, labelNames, registers })
    const metric = metrics.get(name) ?? make()
    metrics.set(name, metric)
    for (const { labels, value } of values) metric.inc(labels, value)
  }
  return scrape.metrics()
}
