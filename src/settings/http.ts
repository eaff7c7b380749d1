import { isIP } from 'node:net'
import { z } from 'zod'
import type { CertificatePlace } from '../foundation/index.ts'
import { address, type Conflict, type GroupValues, port, url } from './values.ts'

/** Where pages and programs find it, and what seals what they are given. */
export const httpSettings = {
  HTTP_HOST: address('127.0.0.1'),
  HTTP_PORT: port(8080),
  /** Files in PEM: a certificate with those above it, and its key. With both, pages and the API are over https alone. */
  HTTPS_CERT: z.string().optional(),
  HTTPS_KEY: z.string().optional(),
  /** A port of their own for /metrics, /readyz and /docs, which are found at no other one then; the same port when absent. */
  OPERATIONS_PORT: port(0).unwrap().optional(),
  OPERATIONS_HOST: address('127.0.0.1'),
  /** Where citizens find our pages, for links in text messages, and what Twilio signs; where HTTP listens when absent. */
  PUBLIC_URL: url(['http', 'https']).optional(),
  API_TOKEN: z
    .string()
    .regex(/^\S{24,}$/, { error: 'at least 24 characters, without spaces' })
    .optional(),
  /** What seals the cookies of who signs in: 32 bytes in base64url, those before them behind commas; a file in DATA_DIR when absent. */
  SESSION_KEY: z
    .string()
    .regex(/^[\w-]{43}=?(,[\w-]{43}=?)*$/, {
      error: '32 bytes in base64url, those before them behind commas',
    })
    .optional(),
  /** Proxies in front of us, whose word on who asks is taken: addresses and networks between commas. */
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform(text => text.split(',').filter(Boolean))
    .refine(all => all.every(one => isIP(one.replace(/\/\d{1,3}$/, '')) !== 0), {
      error: 'IP addresses or networks, as 10.0.0.0/8, between commas',
    }),
}

export const httpSecrets = ['API_TOKEN', 'SESSION_KEY']

export const httpConflicts = (settings: GroupValues<typeof httpSettings>): readonly Conflict[] => [
  {
    met: (settings.HTTPS_CERT === undefined) === (settings.HTTPS_KEY === undefined),
    place: settings.HTTPS_CERT === undefined ? 'HTTPS_CERT' : 'HTTPS_KEY',
    found: 'nothing',
    expected: 'both files: HTTPS_CERT, the certificate, and HTTPS_KEY, its key',
  },
  {
    met: settings.HTTPS_CERT === undefined || !/^http:/i.test(settings.PUBLIC_URL ?? ''),
    place: 'PUBLIC_URL',
    found: 'an address over http, where pages are over https',
    expected: 'the same over https',
  },
]

/** Where the certificate of pages and the API lies; undefined where they are over http. */
export const httpsPlaceOf = ({
  HTTPS_CERT: certFile,
  HTTPS_KEY: keyFile,
}: GroupValues<typeof httpSettings>): CertificatePlace | undefined =>
  certFile === undefined || keyFile === undefined
    ? undefined
    : { certFile, keyFile, settings: { cert: 'HTTPS_CERT', key: 'HTTPS_KEY' } }
