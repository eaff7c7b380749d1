import { listenerSchema, type RecordingListener } from './api.ts'
import { recordingFault } from './faults.ts'

/** Who asks for recordings: by their role; a program, and an administrator, may all. */
export type RecordingAsker = { readonly name: string; readonly role: string }

/** Whom a city might let listen, and does not. */
export const closedListeners = ({ mayListen }: { readonly mayListen: readonly RecordingListener[] }) =>
  listenerSchema.options.filter(role => !mayListen.includes(role))

/**
 * Whose recordings they may look at: all, or those of one seat alone.
 * @throws Fault `recording-forbidden` where the city does not say that they may
 */
export function seatOnly(
  { role, name }: RecordingAsker,
  mayListen: readonly RecordingListener[],
): string | undefined {
  if (role === 'admin' || role === 'program') return undefined
  if (!mayListen.some(one => one === role))
    throw recordingFault('recording-forbidden', 'role', role, `one of ${['admin', ...mayListen].join(', ')}`)
  return role === 'seat' ? name : undefined
}
