/** Debian's baresip as a telephone: what it plays is given, what it hears is recorded. https://github.com/baresip/baresip */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { createMailbox } from '../../src/foundation/index.ts'

export const hasBaresip = spawnSync('baresip', ['-h']).error === undefined

type Options = {
  readonly user: string
  readonly codec: 'pcma' | 'pcmu'
  /** What it says, again and again, at 8 kHz. */
  readonly says: Int16Array
  /** Where it registers, and with what; without it, it is rung at its contact. */
  readonly registers?: {
    readonly host?: string
    readonly port: number
    readonly password: string
    /** Over TLS. */
    readonly isTls?: boolean
  }
  /** Of this machine; 127.0.0.1 when absent. */
  readonly address?: string
  /** Sound in SRTP (RFC 4568), or no call. */
  readonly encrypts?: boolean
  /** Has it answer by itself. */
  readonly answers?: boolean
}
export type Baresip = Awaited<ReturnType<typeof startBaresip>>

export async function startBaresip(options: Options) {
  const { user, codec, says, registers, answers, address = '127.0.0.1', encrypts } = options
  const directory = await mkdtemp(join(tmpdir(), 'baresip-'))
  const recordings = join(directory, 'recordings')
  const [sipPort, controlPort] = [await freePort(), await freePort()]
  await mkdir(recordings)
  await writeFile(join(directory, 'says.wav'), wavOf(says, 60))
  await writeFile(join(directory, 'config'), configOf(directory, address, sipPort, controlPort))
  const way = registers?.isTls ? ';transport=tls' : ''
  const home = registers ? `${registers.host ?? '127.0.0.1'}:${registers.port}` : `${address}:${sipPort}`
  const login = registers ? `;auth_user=${user};auth_pass=${registers.password};regint=60` : ';regint=0'
  const mode = `${answers ? ';answermode=auto' : ''}${encrypts ? ';mediaenc=srtp-mand' : ''}`
  await writeFile(join(directory, 'accounts'), '')

  const child = spawn('baresip', ['-f', directory], { stdio: ['ignore', 'pipe', 'ignore'] })
  const exited = once(child, 'exit')
  for await (const line of createInterface(child.stdout)) if (line.includes('baresip is ready')) break
  child.stdout.resume()
  const control = await reached(controlPort)
  const events = createMailbox<string>()
  const told = listen(control, type => events.put(type))

  const order = (command: string, params = '') => {
    const text = JSON.stringify({ command, params })
    control.write(`${Buffer.byteLength(text)}:${text},`)
  }
  // Only now, as it registers at once, and says how that went to whoever listens by then.
  order('uanew', `<sip:${user}@${home}${way}>${login};audio_codecs=${codec}${mode}`)

  /** The samples that it has recorded so far; the header is complete only after the call. */
  const heard = async (): Promise<Int16Array> => {
    const name = (await readdir(recordings))
      .filter(each => each.endsWith('-dec.wav'))
      .toSorted()
      .at(-1)
    const bytes = name ? await readFile(join(recordings, name)) : Buffer.alloc(0)
    const samples = bytes.subarray(Math.min(44, bytes.length))
    return Int16Array.from({ length: samples.length >> 1 }, (_, at) => samples.readInt16LE(at * 2))
  }

  return {
    contact: `sip:${user}@${address}:${sipPort}`,
    /** As typed at its own prompt: dial, accept, hangup, sndcode. */
    order,
    /** Waits for an event of that type, which baresip names, that was not waited for yet. */
    async happens(type: string) {
      for await (const event of events) if (event === type) return
      throw new Error(`baresip ended before ${type}`)
    },
    heard,
    async close() {
      control.destroy()
      await told
      child.kill('SIGKILL')
      await exited
      await rm(directory, { recursive: true })
    },
  }
}

/** `sip-config/seat-phone` as its README says to use it: the password put in, and here the port of a test's server. */
export async function startSamplePhone(password: string, port: number) {
  const directory = await mkdtemp(join(tmpdir(), 'baresip-'))
  await cp(join(import.meta.dirname, '..', '..', 'sip-config', 'seat-phone'), directory, { recursive: true })
  const accounts = join(directory, 'accounts')
  const text = await readFile(accounts, 'utf8')
  await writeFile(
    accounts,
    text.replace('auth_pass=PASSWORD', `auth_pass=${password}`).replace(':5060', `:${port}`),
  )
  const child = spawn('baresip', ['-f', directory], { stdio: ['pipe', 'ignore', 'ignore'] })
  const exited = once(child, 'exit')
  return {
    async close() {
      child.kill('SIGKILL')
      await exited
      await rm(directory, { recursive: true })
    },
  }
}

const configOf = (directory: string, address: string, sipPort: number, controlPort: number) => `
poll_method epoll
net_interface ${address}
sip_listen ${address}:${sipPort}
ctrl_tcp_listen 127.0.0.1:${controlPort}
audio_source aufile,${directory}/says.wav
audio_player aubridge,nowhere
audio_alert aubridge,nowhere-either
audio_srate 8000
audio_channels 1
snd_path ${directory}/recordings
rtp_ports 10000-14999
module_path /usr/lib/baresip/modules
module g711.so
module aufile.so
module aubridge.so
module sndfile.so
module srtp.so
module_tmp uuid.so
module_tmp account.so
module_app menu.so
module_app ctrl_tcp.so
`

/** Reads netstrings of JSON, `<length>:<text>,`, until the connection ends. */
async function listen(control: Socket, onEvent: (type: string) => void): Promise<void> {
  let rest = Buffer.alloc(0)
  control.on('data', (bytes: Buffer) => {
    rest = Buffer.concat([rest, bytes])
    for (;;) {
      const colon = rest.indexOf(':')
      const end = colon + 1 + Number(rest.subarray(0, colon).toString())
      if (colon < 0 || rest.length <= end) return
      const told = JSON.parse(rest.subarray(colon + 1, end).toString()) as { type?: string }
      rest = rest.subarray(end + 1)
      if (told.type) onEvent(told.type)
    }
  })
  await once(control, 'close')
}

/** It listens a moment after it says that it is ready. */
async function reached(port: number, tries = 50): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return socket
  } catch (error) {
    if (tries === 0) throw error
    await delay(100)
    return reached(port, tries - 1)
  }
}

/** 16 bit, one channel, 8 kHz, `says` repeated for `seconds`. */
function wavOf(says: Int16Array, seconds: number): Buffer {
  const samples = Int16Array.from({ length: seconds * 8000 }, (_, at) => says[at % says.length] ?? 0)
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + samples.byteLength, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(8000, 24)
  header.writeUInt32LE(16_000, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(samples.byteLength, 40)
  return Buffer.concat([header, Buffer.from(samples.buffer)])
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}
