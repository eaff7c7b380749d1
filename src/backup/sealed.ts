import { createCipheriv, createDecipheriv, randomBytes, type ScryptOptions, scrypt } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { Fault } from '../foundation/index.ts'

/**
 * A file encrypted with a passphrase, in the manner of age (age-encryption.org/v1). The key is derived from the passphrase
 * and a salt (scrypt, RFC 7914). Chunks of 64 KiB are each sealed with AES-256-GCM under their number and whether they are
 * the last, so that none can be changed, moved, dropped or truncated unnoticed.
 *
 *     magic (19)  salt (16)  pieces: up to 65536 bytes and a tag (16) each
 */
const magic = Buffer.from('jieting-sealed-v1\r\n')
const saltBytes = 16
const pieceBytes = 64 * 1024
const tagBytes = 16
const cipher = 'aes-256-gcm'

/** Each guess of the passphrase costs 128 MB and a third of a second. */
const cost: ScryptOptions = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 }
const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)
const keyOf = (passphrase: string, salt: Buffer) => derive(passphrase.normalize('NFKC'), salt, 32, cost)

export async function isSealed(path: string): Promise<boolean> {
  const file = await open(path).catch(() => undefined)
  if (!file) return false
  try {
    const { buffer } = await file.read(Buffer.alloc(magic.length), 0, magic.length, 0)
    return buffer.equals(magic)
  } finally {
    await file.close()
  }
}

export async function sealFile(from: string, to: string, passphrase: string): Promise<void> {
  const salt = randomBytes(saltBytes)
  const key = await keyOf(passphrase, salt)
  await pipeline(
    createReadStream(from, { highWaterMark: pieceBytes }),
    async function* (chunks: AsyncIterable<Buffer>) {
      yield Buffer.concat([magic, salt])
      for await (const { piece, nonce } of piecesOf(chunks, pieceBytes)) {
        const sealing = createCipheriv(cipher, key, nonce)
        yield Buffer.concat([sealing.update(piece), sealing.final(), sealing.getAuthTag()])
      }
    },
    createWriteStream(to, { mode: 0o600 }),
  )
}

/** @throws Fault `backup-sealed` without the right passphrase, or if the file was changed */
export async function unsealFile(from: string, to: string, passphrase: string | undefined): Promise<void> {
  if (passphrase === undefined)
    throw sealed(
      from,
      'a sealed file, and no passphrase',
      'its passphrase, asked for or in BACKUP_PASSPHRASE',
    )
  const salt = Buffer.alloc(saltBytes)
  const file = await open(from)
  await file.read(salt, 0, saltBytes, magic.length).finally(() => file.close())
  const key = await keyOf(passphrase, salt)
  const start = magic.length + saltBytes
  try {
    await pipeline(
      createReadStream(from, { start, highWaterMark: pieceBytes + tagBytes }),
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const { piece, nonce } of piecesOf(chunks, pieceBytes + tagBytes)) {
          const opening = createDecipheriv(cipher, key, nonce)
          opening.setAuthTag(piece.subarray(-tagBytes))
          yield Buffer.concat([opening.update(piece.subarray(0, -tagBytes)), opening.final()])
        }
      },
      createWriteStream(to, { mode: 0o600 }),
    )
  } catch (cause) {
    await rm(to, { force: true })
    throw sealed(
      from,
      'what this passphrase does not open, or what was changed',
      'the passphrase of that day, and the file as it was',
      cause,
    )
  }
}

/** Splits data into chunks of one size and a shorter last one, each with a unique nonce: its number, and whether it is the last. */
async function* piecesOf(chunks: AsyncIterable<Buffer>, size: number) {
  let waiting: Buffer = Buffer.alloc(0)
  let number = 0
  const next = (piece: Buffer, isLast: boolean) => {
    const nonce = Buffer.alloc(12)
    nonce.writeUIntBE(number++, 5, 6)
    nonce[11] = isLast ? 1 : 0
    return { piece, nonce }
  }
  for await (const chunk of chunks) {
    waiting = Buffer.concat([waiting, chunk])
    // Keep one chunk back, because it may be the last.
    for (; waiting.length > size; waiting = waiting.subarray(size))
      yield next(waiting.subarray(0, size), false)
  }
  yield next(waiting, true)
}

const sealed = (place: string, found: string, expected: string, cause?: unknown) =>
  new Fault({ code: 'backup-sealed', place, found, expected, cause })
