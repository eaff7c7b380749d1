import { isIP } from 'node:net'
import { z } from 'zod'

/** Forms that more than one setting has. */

export const port = (fallback: number) =>
  z.coerce
    .number({ error: 'a port from 0 to 65535 (0: any free one)' })
    .int({ error: 'a port from 0 to 65535 (0: any free one)' })
    .min(0, { error: 'a port from 0 to 65535 (0: any free one)' })
    .max(65_535, { error: 'a port from 0 to 65535 (0: any free one)' })
    .default(fallback)

export const count = (fallback: number, least: number, most: number) =>
  z.coerce
    .number({ error: `a whole number from ${least} to ${most}` })
    .int({ error: `a whole number from ${least} to ${most}` })
    .min(least, { error: `a whole number from ${least} to ${most}` })
    .max(most, { error: `a whole number from ${least} to ${most}` })
    .default(fallback)

/** Days that something is kept, where a file of rules does not say so yet. */
export const days = (least: number) => count(0, least, 3650).unwrap().optional()

export const address = (fallback: string) =>
  z
    .string()
    .refine(text => isIP(text) !== 0, { error: 'an IP address' })
    .default(fallback)

export const url = (schemes: readonly string[]) =>
  z.string().refine(
    text => {
      const scheme = URL.canParse(text) ? new URL(text).protocol.slice(0, -1) : ''
      return schemes.includes(scheme)
    },
    { error: `a URL that begins with ${schemes.map(scheme => `${scheme}://`).join(' or ')}` },
  )

const isLoopback = (host: string) =>
  host === 'localhost' || host === '[::1]' || (isIP(host) === 4 && host.startsWith('127.'))

/** Somewhere that numbers, words or secrets go to: nobody on the way reads them. */
export const sealedUrl = z.string().refine(
  text => {
    const { protocol, hostname } = URL.canParse(text) ? new URL(text) : { protocol: '', hostname: '' }
    return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
  },
  { error: 'a URL that begins with https://, or with http:// on this machine' },
)

export const words = (text: string) =>
  text
    .split(',')
    .map(word => word.trim())
    .filter(Boolean)

export const numbers = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform(words)
    .refine(all => all.every(number => /^\+?\d{3,15}$/.test(number)), {
      error: 'telephone numbers of 3 to 15 digits, between commas',
    })

/** What a group of settings reads as. */
export type GroupValues<Group extends Readonly<Record<string, z.ZodType>>> = z.output<z.ZodObject<Group>>

/** Settings that do not go together: what has to be met, or is said otherwise. */
export type Conflict = {
  readonly met: boolean
  readonly place: string
  readonly found: string
  readonly expected: string
}
