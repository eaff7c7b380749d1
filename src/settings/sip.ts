import { isIP } from 'node:net'
import { z } from 'zod'
import { numberForms } from '../telephony/index.ts'
import { address, type Conflict, count, type GroupValues, port, url, words } from './values.ts'

/** An address, a network, or a name. */
function isPeer(text: string): boolean {
  const [, address = text, bits] = /^(.*)\/(\d{1,3})$/.exec(text) ?? []
  const family = isIP(address)
  if (bits !== undefined) return family !== 0 && Number(bits) <= (family === 6 ? 128 : 32)
  return family !== 0 || /^[a-z\d]([a-z\d.-]*[a-z\d])?$/i.test(address)
}

/** The SIP server, the trunk, and whom we believe. */
export const sipSettings = {
  /** Where the embedded SIP server listens; without meaning when DRACHTIO_URL names another. */
  SIP_HOST: address('127.0.0.1'),
  SIP_PORT: port(5060),
  /** drachtio://host:port of a drachtio-server to use in place of the embedded one. */
  DRACHTIO_URL: url(['drachtio']).optional(),
  DRACHTIO_SECRET: z.string().min(6, { error: 'at least 6 characters' }).optional(),
  SIP_TRUNK: z
    .string()
    .regex(/^sips?:[^@\s]+$/, { error: 'a SIP URI of the trunk, as sip:trunk.example:5060' })
    .optional(),
  SIP_TRUNK_USER: z.string().optional(),
  SIP_TRUNK_PASSWORD: z.string().optional(),
  /** How the trunk wants numbers: +8613800138000, 8613800138000, or 13800138000 and 01062345678. */
  SIP_TRUNK_NUMBER_FORM: z.enum(numberForms, { error: `one of ${numberForms.join(', ')}` }).default('e164'),
  /** How long a phone or trunk may take until it says that it rings. */
  SIP_RING_WITHIN_SECONDS: count(10, 1, 60),
  /**
   * Whose word on who calls is taken (P-Asserted-Identity, Remote-Party-ID): addresses, networks and names between
   * commas. Where nobody is named, this machine and the trunk.
   */
  TRUSTED_PEERS: z
    .string()
    .transform(words)
    .refine(all => all.every(isPeer), {
      error: 'addresses, networks and names between commas, as 10.0.0.0/8,sbc.example',
    })
    .optional(),
}

export const sipSecrets = ['DRACHTIO_SECRET', 'SIP_TRUNK_PASSWORD']

export const sipConflicts = (settings: GroupValues<typeof sipSettings>): readonly Conflict[] => [
  {
    met: settings.DRACHTIO_URL === undefined || settings.DRACHTIO_SECRET !== undefined,
    place: 'DRACHTIO_SECRET',
    found: 'nothing',
    expected: 'the secret of the server that DRACHTIO_URL names',
  },
]
