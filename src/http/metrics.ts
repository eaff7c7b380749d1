import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Figure } from './doors.ts'

export type Metrics = {
  /** Counts a request that was answered. `route` is its pattern, never its path. */
  answered(method: string, route: string, status: number, ms: number): void
  /** Everything, in Prometheus' text format 0.0.4. */
  text(): Promise<string>
  readonly contentType: string
}

/** A registry of its own, so that two front desks in one process do not count into each other. */
export function createMetrics(figures: readonly Figure[]): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  for (const figure of figures) addFigure(registry, figure)
  const requests = new Histogram({
    name: 'jieting_http_request_seconds',
    help: 'Time from a request to its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  })
  return {
    answered: (method, route, status, ms) => requests.observe({ method, route, status }, ms / 1000),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}

function addFigure(registry: Registry, { name, help, kind, read }: Figure): void {
  const now = read()
  const labelNames = typeof now === 'number' ? [] : Object.keys(now[0]?.labels ?? {})
  const registers = [registry]
  const each = (put: (labels: Readonly<Record<string, string>>, value: number) => void) => {
    const values = read()
    if (typeof values === 'number') put({}, values)
    else for (const { labels, value } of values) put(labels, value)
  }
  if (kind === 'gauge') {
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      collect() {
        this.reset()
        each((labels, value) => this.set(labels, value))
      },
    })
  } else {
    new Counter({
      name,
      help,
      labelNames,
      registers,
      collect() {
        this.reset()
        each((labels, value) => this.inc(labels, value))
      },
    })
  }
}
