import { isIP } from 'node:net'
import { z } from 'zod'
import type { CertificatePlace } from '../foundation/index.ts'
import { numberForms } from '../telephony/index.ts'
import { type httpSettings, httpsPlaceOf } from './http.ts'
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
  /** Where the embedded one listens for SIP over TLS; nowhere when absent. Its certificate is that of HTTPS_CERT, or one of its own. */
  SIP_TLS_PORT: port(0).unwrap().optional(),
  SIP_TLS_CERT: z.string().optional(),
  SIP_TLS_KEY: z.string().optional(),
  /** In PEM: who vouches for the certificates of trunks that we connect to, beside those whom browsers trust. */
  SIP_TLS_CA: z.string().optional(),
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

type Values = GroupValues<typeof sipSettings & typeof httpSettings>

/** Where the certificate of SIP over TLS lies; undefined without one. */
export const sipTlsPlaceOf = (settings: Values): CertificatePlace | undefined => {
  const { SIP_TLS_CERT: certFile, SIP_TLS_KEY: keyFile } = settings
  return certFile === undefined || keyFile === undefined
    ? httpsPlaceOf(settings)
    : { certFile, keyFile, settings: { cert: 'SIP_TLS_CERT', key: 'SIP_TLS_KEY' } }
}

const isOverTls = (uri = '') => /^sips:|;transport=tls\b/i.test(uri)

export const sipConflicts = (settings: Values): readonly Conflict[] => [
  {
    met: settings.DRACHTIO_URL === undefined || settings.DRACHTIO_SECRET !== undefined,
    place: 'DRACHTIO_SECRET',
    found: 'nothing',
    expected: 'the secret of the server that DRACHTIO_URL names',
  },
  {
    met: settings.DRACHTIO_URL === undefined || settings.SIP_TLS_PORT === undefined,
    place: 'SIP_TLS_PORT',
    found: 'a port of the embedded SIP server, where DRACHTIO_URL names another one',
    expected: 'nothing: that server has its own TLS',
  },
  {
    met: (settings.SIP_TLS_CERT === undefined) === (settings.SIP_TLS_KEY === undefined),
    place: settings.SIP_TLS_CERT === undefined ? 'SIP_TLS_CERT' : 'SIP_TLS_KEY',
    found: 'nothing',
    expected: 'both files: SIP_TLS_CERT, the certificate, and SIP_TLS_KEY, its key',
  },
  {
    met:
      settings.DRACHTIO_URL !== undefined ||
      settings.SIP_TLS_PORT !== undefined ||
      !isOverTls(settings.SIP_TRUNK),
    place: 'SIP_TRUNK',
    found: 'a trunk over TLS, where the embedded SIP server has none',
    expected: 'SIP_TLS_PORT with a certificate, too',
  },
  {
    met: settings.SIP_TLS_PORT === undefined || sipTlsPlaceOf(settings) !== undefined,
    place: 'SIP_TLS_PORT',
    found: 'a port without a certificate',
    expected: 'SIP_TLS_CERT and SIP_TLS_KEY, or HTTPS_CERT and HTTPS_KEY',
  },
]
