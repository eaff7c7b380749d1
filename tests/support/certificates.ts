/** Certificates as a city's authority would give them, made by OpenSSL for the length of a test. */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** @param names as OpenSSL writes them: DNS:12345.example, IP:127.0.0.1, URI:sip:trunk.example */
export async function makeCertificate(folder: string, names = 'DNS:12345.example,IP:127.0.0.1') {
  await mkdir(folder, { recursive: true })
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', keyFile]
  const named = ['-subj', '/CN=jieting test', '-addext', `subjectAltName=${names}`]
  await run('openssl', ['req', '-x509', ...key, '-out', certFile, '-days', '30', ...named])
  return { certFile, keyFile, settings: { cert: 'HTTPS_CERT', key: 'HTTPS_KEY' } }
}

export async function certificateFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'jieting-certificates-'))
  return { folder, remove: () => rm(folder, { recursive: true }) }
}
