/**
 * A SIP server for laptops, CI and small sites on a trusted network. It speaks the control protocol of
 * drachtio-server 0.9 (plain TCP), so that drachtio-srf works against it unchanged; in production the same app talks
 * to drachtio-server behind an SBC. It has UDP and TCP, the transactions of RFC 3261 with RFC 6026, rport, dialogs,
 * reliable provisional responses and 2xx repetition. It has no TLS, no WebSocket, no session timers, no proxying, no SRV look-up,
 * and no defence against strangers.
 */

export { type Open, type Sipd, type SipdOptions, startSipd } from './server.ts'
export type { Timing } from './transaction-state.ts'
