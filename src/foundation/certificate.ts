import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import type { Clock } from './clock.ts'
import { Fault, reasonOf } from './errors.ts'
import type { foundationFaults } from './faults.ts'
import type { Log } from './log.ts'

/** The files of a certificate and its key, and the settings that name them. */
export type CertificatePlace = {
  readonly certFile: string
  readonly keyFile: string
  readonly settings: { readonly cert: string; readonly key: string }
}

/** What a TLS server presents, as PEM: the certificate with its chain, and its private key. */
export type CertificateFiles = { readonly cert: string; readonly key: string; readonly endsAtMs: number }

/** A certificate that is read again when its files on disk are replaced. */
export type Certificate = {
  /** The certificate now in use. */
  current(): CertificateFiles
  /** Calls `told` with each replacement; open connections keep running. */
  follow(told: (files: CertificateFiles) => void): void
  /** Why an operator should act: the certificate ends soon, or the files on disk are unusable. */
  trouble(): string | undefined
  close(): void
}

/** Certificates are renewed weeks ahead, so one this close to its end means that renewal has failed. */
const soonMs = 7 * 24 * 60 * 60_000
const lookEveryMs = 10_000

/**
 * Reads a certificate and its key, and checks that they match and that the certificate is valid now.
 * @throws Fault `certificate-unreadable`, `certificate-invalid`, `certificate-key`, `certificate-over`,
 * `certificate-early`, each naming the setting to mend
 */
export async function readCertificate(place: CertificatePlace, nowMs: number): Promise<CertificateFiles> {
  const { certFile, keyFile, settings } = place
  const cert = await textOf(certFile, settings.cert)
  const key = await textOf(keyFile, settings.key)
  const first = certificateIn(cert)
  if (!first)
    throw refused(
      'certificate-invalid',
      settings.cert,
      `${certFile}, which holds no certificate in PEM`,
      inPem,
    )
  const own = keyIn(key)
  if (!own)
    throw refused(
      'certificate-key',
      settings.key,
      `${keyFile}, which holds no private key in PEM, or one with a passphrase`,
      'the private key of the certificate in PEM, without a passphrase, readable by this user alone',
    )
  if (!first.checkPrivateKey(own))
    throw refused(
      'certificate-key',
      settings.key,
      `${keyFile}, which is the key of another certificate`,
      `the key of the certificate that ${settings.cert} names`,
    )
  const [fromMs, endsAtMs] = [Date.parse(first.validFrom), Date.parse(first.validTo)]
  if (nowMs >= endsAtMs)
    throw refused(
      'certificate-over',
      settings.cert,
      `a certificate that ended on ${dayOf(endsAtMs)}`,
      renewed,
    )
  if (nowMs < fromMs)
    throw refused('certificate-early', settings.cert, `a certificate that begins on ${dayOf(fromMs)}`, early)
  return { cert, key, endsAtMs }
}

/** Whether the certificate covers this host name or IP address. */
export const certificateNames = ({ cert }: Pick<CertificateFiles, 'cert'>, host: string): boolean => {
  const read = certificateIn(cert)
  const found = isIP(host) === 0 ? read?.checkHost(host) : read?.checkIP(host)
  return found !== undefined
}

/** Whether `shown` (DER) is this certificate, compared by fingerprint. */
export const isCertificate = ({ cert }: Pick<CertificateFiles, 'cert'>, shown: Uint8Array): boolean =>
  certificateIn(cert)?.fingerprint256 === new X509Certificate(shown).fingerprint256

/** @throws as `readCertificate`; a later replacement that cannot be used is logged and otherwise ignored */
export async function openCertificate(
  place: CertificatePlace,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Promise<Certificate> {
  let files = await readCertificate(place, clock.now())
  let unusable: string | undefined
  const followers: ((files: CertificateFiles) => void)[] = []

  async function look() {
    try {
      const found = await readCertificate(place, clock.now())
      unusable = undefined
      if (found.cert === files.cert && found.key === files.key) return
      files = found
      log.info({ setting: place.settings.cert }, 'another certificate is shown from now on')
      for (const told of followers) told(files)
    } catch (error) {
      const why = error instanceof Fault ? error.found : reasonOf(error)
      // The certificate may already be replaced while its key is not; the next look finds both.
      if (unusable !== why) log.warn({ why }, 'what lies in the place of the certificate cannot be used')
      unusable = why
    } finally {
      if (!closed) cancel = clock.after(lookEveryMs, look)
    }
  }
  let closed = false
  let cancel = clock.after(lookEveryMs, look)

  return {
    current: () => files,
    follow: told => void followers.push(told),
    trouble: () =>
      files.endsAtMs - clock.now() < soonMs ? `the certificate ends on ${dayOf(files.endsAtMs)}` : unusable,
    close() {
      closed = true
      cancel()
    },
  }
}

const inPem = 'a certificate in PEM, with those above it behind it, as fullchain.pem'
const renewed = 'one that holds today: renew it'
const early = 'one that holds today: look at the clock of this machine'

const refused = (code: keyof typeof foundationFaults, place: string, found: string, expected: string) =>
  new Fault({ code, place, found, expected })

const textOf = (path: string, setting: string) =>
  readFile(path, 'utf8').catch((error: unknown) => {
    throw new Fault({
      code: 'certificate-unreadable',
      place: setting,
      found: `${path}, which cannot be read (${reasonOf(error)})`,
      expected: 'a file that the user who runs this may read',
      cause: error,
    })
  })

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)

function certificateIn(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem)
  } catch {
    return undefined
  }
}

function keyIn(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem)
  } catch {
    return undefined
  }
}
