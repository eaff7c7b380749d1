/** A drachtio-server of the test's own, where DRACHTIO names the program: it can be killed, and started again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from './baresip.ts'

export const drachtioProgram = process.env.DRACHTIO

export async function startDrachtio(program: string) {
  const folder = await mkdtemp(join(tmpdir(), 'jieting-drachtio-'))
  const config = join(folder, 'drachtio.conf.xml')
  const [control, sip] = [await freePort(), await freePort()]
  const secret = 'cymru1'
  await writeFile(
    config,
    `<drachtio><admin port="${control}" secret="${secret}">127.0.0.1</admin>
<sip><contacts><contact>sip:127.0.0.1:${sip};transport=udp,tcp</contact></contacts></sip><cdrs>false</cdrs>
<logging><console/><sofia-loglevel>1</sofia-loglevel><loglevel>notice</loglevel></logging></drachtio>`,
  )
  let server: ChildProcess | undefined
  const isUp = async () => {
    const socket = connect(control, '127.0.0.1')
    try {
      await once(socket, 'connect')
      return true
    } catch {
      return false
    } finally {
      socket.destroy()
    }
  }
  const start = async () => {
    server = spawn(program, ['-f', config, '--disable-nat-detection'], { stdio: 'ignore' })
    while (!(await isUp())) await sleep(100)
  }
  const kill = async () => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return
    server.kill('SIGKILL')
    await once(server, 'exit')
  }
  await start()
  return {
    sip: { host: '127.0.0.1', port: sip },
    env: { DRACHTIO_URL: `drachtio://127.0.0.1:${control}`, DRACHTIO_SECRET: secret },
    kill,
    start,
    async close() {
      await kill()
      await rm(folder, { recursive: true })
    },
  }
}
