import type { FaultKinds } from './schema.ts'

/** Faults in settings and certificates, wherever they are read. Faults in a room's own files belong to that room. */
export const foundationFaults = {
  'certificate-early': 'invalid',
  'certificate-invalid': 'invalid',
  'certificate-key': 'invalid',
  'certificate-over': 'invalid',
  'certificate-unreadable': 'invalid',
  'setting-invalid': 'invalid',
} as const satisfies FaultKinds
