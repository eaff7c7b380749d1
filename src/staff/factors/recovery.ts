import { createHash, randomInt } from 'node:crypto'

const count = 10
const length = 12
/** Without letters and digits that are taken for one another. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Codes for who has lost their device, each good once: 59 bits. */
export const makeRecoveryCodes = (): readonly string[] =>
  Array.from({ length: count }, () =>
    Array.from({ length }, () => alphabet[randomInt(alphabet.length)])
      .join('')
      .replace(/(.{4})(?=.)/g, '$1-'),
  )

/** What is kept of a code: as long as it is random, nobody finds it by its hash. */
export const recoveryMark = (name: string, code: string): string =>
  createHash('sha256')
    .update(`${name} ${code.toLowerCase().replace(/[^a-z0-9]/g, '')}`)
    .digest('base64url')
