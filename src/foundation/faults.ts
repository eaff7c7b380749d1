import type { FaultKinds } from './schema.ts'

/** What is refused of settings and files, wherever they are read; the codes of files that rooms have are the rooms'. */
export const foundationFaults = {
  'certificate-early': 'invalid',
  'certificate-invalid': 'invalid',
  'certificate-key': 'invalid',
  'certificate-over': 'invalid',
  'certificate-unreadable': 'invalid',
  'setting-invalid': 'invalid',
} as const satisfies FaultKinds
