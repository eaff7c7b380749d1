/** A certificate from files: what is wrong with it is said by the setting to mend, and a new one takes its place. */
import { copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  certificateNames,
  createManualClock,
  openCertificate,
  readCertificate,
  silentLog,
} from '../../src/foundation/index.ts'
import { certificateFolder, makeCertificate } from '../support/certificates.ts'

const dayMs = 24 * 60 * 60_000
let files: Awaited<ReturnType<typeof certificateFolder>>
let one: Awaited<ReturnType<typeof makeCertificate>>
let other: Awaited<ReturnType<typeof makeCertificate>>
beforeAll(async () => {
  files = await certificateFolder()
  one = await makeCertificate(join(files.folder, 'one'))
  other = await makeCertificate(join(files.folder, 'other'), 'DNS:other.example')
})
afterAll(() => files.remove())

const junk = async () => {
  const path = join(files.folder, 'junk.pem')
  await writeFile(path, 'no certificate')
  return path
}
it.each([
  [
    'is not there',
    async () => ({ ...one, certFile: '/nowhere.pem' }),
    0,
    'certificate-unreadable',
    'HTTPS_CERT',
  ],
  [
    'is no certificate',
    async () => ({ ...one, certFile: await junk() }),
    0,
    'certificate-invalid',
    'HTTPS_CERT',
  ],
  [
    'has a key that is none',
    async () => ({ ...one, keyFile: await junk() }),
    0,
    'certificate-key',
    'HTTPS_KEY',
  ],
  [
    'has the key of another',
    async () => ({ ...one, keyFile: other.keyFile }),
    0,
    'certificate-key',
    'HTTPS_KEY',
  ],
  ['is over', async () => one, 31 * dayMs, 'certificate-over', 'HTTPS_CERT'],
  ['has not begun', async () => one, -2 * dayMs, 'certificate-early', 'HTTPS_CERT'],
])('one that %s is refused', async (_, place, later, code, setting) => {
  const refused = await readCertificate(await place(), Date.now() + later).catch((error: unknown) => error)
  expect(refused).toMatchObject({ code, place: setting })
})

it('names whom it is for', async () => {
  const read = await readCertificate(one, Date.now())
  const named = ['12345.example', '127.0.0.1', 'other.example', '127.0.0.2'].map(host =>
    certificateNames(read, host),
  )
  expect(named).toEqual([true, true, false, false])
})

it('is read anew when another lies in its place, and kept while that cannot be used', async () => {
  const clock = createManualClock(Date.now())
  const place = await makeCertificate(join(files.folder, 'live'))
  const certificate = await openCertificate(place, { clock, log: silentLog })
  const told: string[] = []
  certificate.follow(({ cert }) => told.push(cert))
  const before = certificate.current().cert
  await copyFile(other.certFile, place.certFile)
  await clock.advance(10_000)
  await expect.poll(() => certificate.trouble()).toMatch(/key of another certificate/)
  expect([told.length, certificate.current().cert]).toEqual([0, before])
  await copyFile(other.keyFile, place.keyFile)
  await clock.advance(10_000)
  await expect.poll(() => told.length).toBe(1)
  expect(certificate.trouble()).toBeUndefined()
  expect(certificate.current().cert).toBe(told[0])
  await clock.advance(24 * dayMs)
  expect(certificate.trouble()).toMatch(/^the certificate ends on /)
  certificate.close()
})
