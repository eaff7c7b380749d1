import { z } from 'zod'
import { address, type Conflict, count, type GroupValues } from './values.ts'

/** Sound on the wire. */
export const mediaSettings = {
  MEDIA_HOST: address('127.0.0.1'),
  /** What the SDP says where the world sees another address than MEDIA_HOST. */
  MEDIA_ADVERTISED: z.string().optional(),
  MEDIA_PORT_MIN: count(20_000, 1024, 65_000),
  MEDIA_PORT_MAX: count(29_999, 1024, 65_535),
  MEDIA_WORKERS: count(2, 1, 64),
  MEDIA_TIMEOUT_SECONDS: count(30, 5, 600),
}

export const mediaConflicts = (settings: GroupValues<typeof mediaSettings>): readonly Conflict[] => [
  {
    met: settings.MEDIA_PORT_MAX - settings.MEDIA_PORT_MIN >= 3,
    place: 'MEDIA_PORT_MAX',
    found: `${settings.MEDIA_PORT_MIN} to ${settings.MEDIA_PORT_MAX}`,
    expected: 'a range of at least four ports: two a call leg',
  },
]
