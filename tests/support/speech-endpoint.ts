/**
 * A stand-in for Azure's speech service on loopback: its WebSocket protocol as far as the SDK needs it to speak and to
 * listen, with tones for words, and the ways in which such a service lets its callers down.
 */
import { once } from 'node:events'
import websocket from '@fastify/websocket'
import fastify from 'fastify'
import { createScripted } from '../../src/speech/index.ts'
import { parse } from './speech-message.ts'
import { type Recognition, recognize } from './speech-recognition.ts'

/**
 * `refuse`: 401 to the upgrade, as for a wrong key; `throttle`: 429; `reject`: closes with 1007, as for SSML it does
 * not like; `stall`: takes the request and says nothing; `drop`: breaks the connection within the audio, or after the
 * first word; `drop-once`: so, and never again; `mute`: no audio; `late`: answers the upgrade when it is hurried.
 */
export type Manner =
  | 'speak'
  | 'refuse'
  | 'throttle'
  | 'reject'
  | 'stall'
  | 'drop'
  | 'drop-once'
  | 'mute'
  | 'late'

export type SpeechEndpoint = {
  readonly url: URL
  /** What was asked of it: the SSML, and the audio format of the synthesis context before it. */
  readonly requests: readonly { readonly ssml: string; readonly format: string }[]
  /** What was listened to, one for each connection. */
  readonly recognitions: readonly Recognition[]
  manner: Manner
  /** Whoever was kept waiting is answered. */
  hurry(): void
  /** Resolves once no connection is left open. */
  idle(): Promise<void>
  close(): Promise<void>
}

/** What is used of a `ws` socket. */
export type Socket = {
  send(message: string | Uint8Array): void
  close(code?: number, reason?: string): void
  terminate(): void
  on(event: 'message', hear: (data: Buffer, isBinary: boolean) => void): void
  on(event: 'close', hear: () => void): void
}

/** The natural rate that the SSML's percentage is relative to. */
const naturalSyllablesPerMinute = 240
const chunkBytes = 4096

export async function startSpeechEndpoint(): Promise<SpeechEndpoint> {
  const requests: { ssml: string; format: string }[] = []
  const recognitions: Recognition[] = []
  const open = new Set<Socket>()
  let hurry: () => void = () => undefined
  const hurried = new Promise<void>(resolve => {
    hurry = resolve
  })
  const server = fastify()
  await server.register(websocket)

  server.addHook('preValidation', async (_request, reply) => {
    if (endpoint.manner === 'refuse') await reply.code(401).send()
    if (endpoint.manner === 'throttle') await reply.code(429).send()
    if (endpoint.manner === 'late') await hurried
  })
  // Where the SDK asks a host; a region it asks at /stt/speech/universal/v2.
  server.get(
    '/speech/recognition/conversation/cognitiveservices/v1',
    { websocket: true },
    (socket: Socket, { query }) => {
      open.add(socket)
      socket.on('close', () => open.delete(socket))
      recognitions.push(recognize(socket, query as Record<string, string>, endpoint))
    },
  )
  server.get('/tts/cognitiveservices/websocket/v1', { websocket: true }, (socket: Socket) => {
    let format = ''
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('message', (data, isBinary) => {
      if (isBinary) return
      const { headers, body } = parse(data.toString())
      if (headers.path === 'synthesis.context') format = JSON.parse(body).synthesis.audio.outputFormat
      if (headers.path !== 'ssml') return
      requests.push({ ssml: body, format })
      void answer(socket, headers['x-requestid'] ?? '', body)
    })
  })

  async function answer(socket: Socket, requestId: string, ssml: string) {
    const { manner } = endpoint
    if (manner === 'stall') return
    if (manner === 'reject') return socket.close(1007, 'SSML parsing error')
    const say = (path: string, body: object) =>
      socket.send(`X-RequestId:${requestId}\r\nPath:${path}\r\n\r\n${JSON.stringify(body)}`)
    const streamId = 'A1B2'
    say('turn.start', { context: { serviceTag: 'stand-in' } })
    say('response', { context: { serviceTag: 'stand-in' }, audio: { type: 'inline', streamId } })
    const pcm = manner === 'mute' ? new Uint8Array(0) : await pcmOf(ssml)
    for (let at = 0; at < pcm.length; at += chunkBytes) {
      socket.send(audioMessage(requestId, streamId, pcm.subarray(at, at + chunkBytes)))
      if (manner === 'drop') return socket.terminate()
    }
    say('turn.end', {})
  }

  const address = await server.listen({ host: '127.0.0.1', port: 0 })
  const endpoint: SpeechEndpoint = {
    url: new URL(address.replace('http', 'ws')),
    requests,
    recognitions,
    manner: 'speak',
    hurry: () => hurry(),
    async idle() {
      await Promise.all([...open].map(socket => once(socket as never, 'close')))
    },
    async close() {
      for (const socket of open) socket.terminate()
      await server.close()
    },
  }
  return endpoint
}

/** The length of the headers in two bytes, the headers, the samples. */
function audioMessage(requestId: string, streamId: string, pcm: Uint8Array): Uint8Array {
  const headers = Buffer.from(`X-RequestId:${requestId}\r\nX-StreamId:${streamId}\r\nPath:audio\r\n`)
  const length = Buffer.alloc(2)
  length.writeUInt16BE(headers.length)
  return Buffer.concat([length, headers, pcm])
}

async function pcmOf(ssml: string): Promise<Uint8Array> {
  const percent = Number(/rate="([+-]\d+)%"/.exec(ssml)?.[1])
  const text = ssml.replace(/<[^>]*>/g, '')
  const syllablesPerMinute = naturalSyllablesPerMinute * (1 + percent / 100)
  const { samples } = await createScripted().speak({ text, language: 'zh-CN', syllablesPerMinute })
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)
}
