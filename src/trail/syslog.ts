import { hostname } from 'node:os'
import type { TrailEntry } from './api.ts'

/** Priority of audit messages (RFC 5424, section 6.2.1: facility 13, "log audit"): notice, or warning if refused. */
const priority = (severity: number) => 13 * 8 + severity

/**
 * An entry as one line (RFC 5424, section 6), with its fields as structured data under the enterprise number reserved for
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
