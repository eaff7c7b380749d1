/**
 * A SIP server for laptops, CI and small sites on a trusted network. It speaks the control protocol of
 * drachtio-server 0.9 (plain TCP), so that drachtio-srf works against it unchanged; in production the same app talks
 * to drachtio-server behind an SBC. It has UDP and TCP, the transactions of RFC 3261 with RFC 6026, rport, dialogs,
 * reliable provisional responses and 2xx repetition. Nothing that a stranger sends ends it or holds it up; who may call, what
 * may be required and how long a session lasts without a refresh (RFC 4028) is for the app to say. TLS is a port more, where
 * there is a certificate. It has no WebSocket, no proxying and no SRV look-up.
 */

export { sipdFaults } from './faults.ts'
export { type Open, type Sipd, type SipdOptions, startSipd } from './server.ts'
export type { Timing } from './transaction-state.ts'
export { checkWire } from './wire.ts'
