/**
 * One connection of the stand-in for Azure's speech service that listens. It hears the tones of `tone-speech`, and
 * answers as the service does: turn.start, speech.startDetected, speech.hypothesis, speech.phrase, speech.endDetected,
 * turn.end; times in units of 100 ns from the first sound of the turn.
 */
import { type CodecName, linearOf } from '../../src/media/index.ts'
import type { Manner, Socket } from './speech-endpoint.ts'
import { parse, parseBinary } from './speech-message.ts'
import { frameSamples, heardIn } from './tone-speech.ts'

export type Recognition = {
  readonly query: Readonly<Record<string, string>>
  /** Bodies of speech.config and speech.context. */
  readonly config: () => unknown
  readonly context: () => unknown
  /** Format tag of the WAV header: 6 is A-law, 7 µ-law. */
  readonly format: () => number | undefined
  /** Bytes of sound that came. */
  readonly bytes: () => number
  /** Paths of what came, each once, in the order of their first coming. */
  readonly paths: () => readonly string[]
}

const codecs: Readonly<Record<number, CodecName>> = { 6: 'PCMA', 7: 'PCMU' }
/** How long a pause ends a phrase. */
const pauseFrames = 20
const ticksAFrame = 300_000

export function recognize(
  socket: Socket,
  query: Readonly<Record<string, string>>,
  /** May change while it listens. */
  endpoint: { manner: Manner },
): Recognition {
  const paths = new Set<string>()
  let config: unknown
  let context: unknown
  let format: number | undefined
  let requestId = ''
  let bytes = 0
  let waiting = Buffer.alloc(0)
  let frames = 0
  let quiet = 0
  let last: string | undefined
  let text = ''
  let startFrame = 0

  const say = (path: string, body: object) =>
    socket.send(`X-RequestId:${requestId}\r\nPath:${path}\r\n\r\n${JSON.stringify(body)}`)
  const at = (frame: number) => frame * ticksAFrame

  const begin = () => {
    say('turn.start', { context: { serviceTag: 'stand-in' } })
  }

  const hear = (frame: Int16Array) => {
    const tone = heardIn(frame)
    frames++
    quiet = tone === undefined ? quiet + 1 : 0
    if (tone !== undefined && tone !== last) {
      if (text === '') {
        startFrame = frames - 1
        say('speech.startDetected', { Offset: at(startFrame) })
      }
      text += tone
      say('speech.hypothesis', {
        Id: 'h',
        Text: text,
        Offset: at(startFrame),
        Duration: at(frames - startFrame),
      })
      if (['drop', 'drop-once'].includes(endpoint.manner)) socket.terminate()
      if (endpoint.manner === 'drop-once') endpoint.manner = 'speak'
    }
    last = tone
    if (text !== '' && quiet >= pauseFrames) finish()
  }

  const finish = () => {
    const Duration = at(frames - quiet - startFrame)
    say('speech.phrase', {
      Id: 'p',
      RecognitionStatus: 'Success',
      Offset: at(startFrame),
      Duration,
      DisplayText: text,
      NBest: [{ Confidence: 0.9, Lexical: text, ITN: text, MaskedITN: text, Display: text }],
    })
    text = ''
  }

  const take = (body: Buffer) => {
    if (format === undefined) {
      format = body.readUInt16LE(20)
      return begin()
    }
    bytes += body.length
    if (body.length === 0) {
      if (text !== '') finish()
      say('speech.endDetected', { Offset: at(frames) })
      return say('turn.end', {})
    }
    waiting = Buffer.concat([waiting, body])
    while (waiting.length >= frameSamples) {
      const frame = waiting.subarray(0, frameSamples)
      waiting = waiting.subarray(frameSamples)
      hear(linearOf(codecs[format] ?? 'PCMA', frame))
    }
  }

  socket.on('message', (data, isBinary) => {
    const message = isBinary ? parseBinary(data) : parse(data.toString())
    paths.add(message.headers.path ?? '')
    if (endpoint.manner === 'stall') return
    if (message.headers.path === 'speech.config') config = JSON.parse(String(message.body))
    if (message.headers.path === 'speech.context') context = JSON.parse(String(message.body))
    if (message.headers.path !== 'audio') return
    requestId = message.headers['x-requestid'] ?? ''
    take(message.body as Buffer)
  })

  return {
    query,
    config: () => config,
    context: () => context,
    format: () => format,
    bytes: () => bytes,
    paths: () => [...paths],
  }
}
