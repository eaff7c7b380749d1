import { hostname } from 'node:os'
import type { TrailEntry } from './api.ts'

/** Security audit messages (RFC 5424, section 6.2.1: facility 13, "log audit"): notice, or warning where it was refused. */
const priority = (severity: number) => 13 * 8 + severity

/**
 * One entry as a line (RFC 5424, section 6): what it says is structured data, under an enterprise number that is kept for
 * examples (RFC 5612).
 */
export function syslogLine({ atMs, act, outcome, ...rest }: TrailEntry): string {
  const isLoud = outcome === 'refused' || act === 'alarm'
  const said = Object.entries({ outcome, ...rest })
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}="${value.replace(/["\\\]]/g, '\\$&').replace(/[\r\n]/g, ' ')}"`)
    .join(' ')
  return `<${priority(isLoud ? 4 : 5)}>1 ${new Date(atMs).toISOString()} ${hostname() || '-'} jieting ${process.pid} ${act} [trail@32473 ${said}]`
}
