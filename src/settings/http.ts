import { isIP } from 'node:net'
import { z } from 'zod'
import { address, port, url } from './values.ts'

/** Where pages and programs find it, and what seals what they are given. */
export const httpSettings = {
  HTTP_HOST: address('127.0.0.1'),
  HTTP_PORT: port(8080),
  /** A port of their own for /metrics, /readyz and /docs, which are found at no other one then; the same port when absent. */
  OPERATIONS_PORT: port(0).unwrap().optional(),
  OPERATIONS_HOST: address('127.0.0.1'),
  /** Where citizens find our pages, for links in text messages, and what Twilio signs; where HTTP listens when absent. */
  PUBLIC_URL: url(['http', 'https']).optional(),
  API_TOKEN: z
    .string()
    .regex(/^\S{24,}$/, { error: 'at least 24 characters, without spaces' })
    .optional(),
  /** What seals the cookies of who signs in: 32 bytes in base64url; a file in DATA_DIR when absent. */
  SESSION_KEY: z
    .string()
    .regex(/^[\w-]{43}=?$/, { error: '32 bytes in base64url' })
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
