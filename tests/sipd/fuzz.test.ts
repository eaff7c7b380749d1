/** Random bytes, and good messages gone bad: an answer or silence, never a crash. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createDeframer, frame } from '../../src/sipd/control/frame.ts'
import { readAppCommand } from '../../src/sipd/control/protocol.ts'
import { inspect } from '../../src/sipd/inspect.ts'
import { parseMessage } from '../../src/sipd/parse.ts'
import { serialise } from '../../src/sipd/serialise.ts'
import { createFramer } from '../../src/sipd/stream.ts'
import { newLeg, openPeer, request, sdp } from './peer.ts'
import { seeds } from './seeds.ts'
import { stage } from './stage.ts'

const folder = join(import.meta.dirname, 'rfc4475')
const torture = readdirSync(folder)
  .filter(name => name.endsWith('.dat'))
  .map(name => readFileSync(join(folder, name), 'latin1'))
const good = [...torture, ...seeds]

/** `FUZZ_MESSAGES=200000` for a long run; `FUZZ_SEED` for another one. */
const messages = Number(process.env.FUZZ_MESSAGES ?? 3_000)
const seed = Number(process.env.FUZZ_SEED ?? 12345)

const bytes = fc.uint8Array({ maxLength: 400 }).map(each => Buffer.from(each).toString('latin1'))

/** A message with a piece cut out, put in, or doubled. */
const mutated = fc
  .record({
    text: fc.constantFrom(...good),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(40),
    piece: fc.oneof(
      bytes,
      fc.constantFrom(
        '\r\n',
        ' ',
        '\t',
        ';',
        ',',
        '"',
        '<',
        '>',
        ':',
        '\0',
        'ÿ',
        '%',
        '\r\n\r\n',
        '@',
        '=',
        '0',
        '65536',
      ),
    ),
    twice: fc.boolean(),
  })
  .map(({ text, at, length, piece, twice }) => {
    const start = Math.floor(at * text.length)
    return (
      text.slice(0, start) +
      piece +
      (twice ? text.slice(Math.max(0, start - length)) : text.slice(start + length))
    )
  })

it('inspects anything', () => {
  fc.assert(
    fc.property(fc.oneof(bytes, mutated), text => {
      expect(['request', 'response', 'refuse', 'silence']).toContain(inspect(text).outcome)
    }),
    { numRuns: 3_000 },
  )
})

it('reads what it has written as what it was', () => {
  fc.assert(
    fc.property(mutated, text => {
      const parsed = parseMessage(text)
      if (!parsed || parsed.fault) return
      const { headers, ...rest } = parsed.message
      const again = parseMessage(serialise(parsed.message))
      expect(again?.message).toMatchObject(rest)
      const others = headers.filter(each => each.name !== 'Content-Length')
      expect(again?.message.headers.filter(each => each.name !== 'Content-Length')).toEqual(others)
    }),
    { numRuns: 1_000 },
  )
})

it('cuts streams in the same places wherever they are broken', () => {
  const message = (body: string) => `OPTIONS sip:a SIP/2.0\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  fc.assert(
    fc.property(
      fc.array(bytes, { maxLength: 5 }),
      fc.array(fc.integer({ min: 1, max: 60 })),
      (bodies, cuts) => {
        const wanted = bodies.map(message)
        const pieces = broken(wanted.join('\r\n'), cuts)
        const framer = createFramer()
        expect(pieces.flatMap(piece => framer.take(piece).messages)).toEqual(wanted)
        const deframer = createDeframer()
        const frames = broken(wanted.map(frame).join(''), cuts)
        expect(frames.flatMap(piece => deframer.take(piece).frames)).toEqual(wanted)
      },
    ),
  )
})

it('gives up a stream that is not one', () => {
  fc.assert(
    fc.property(bytes, text => {
      createFramer().take(text)
      createDeframer().take(text)
      readAppCommand(text)
    }),
    { numRuns: 2_000 },
  )
  expect(createDeframer().take('twelve#').lost).toBe(true)
  expect(createDeframer().take('1234567').lost).toBe(true)
  expect(createFramer().take(`OPTIONS sip:a SIP/2.0\r\nContent-Length: 999999999\r\n\r\n`).lost).toBe(true)
})

it('serves the next call after thousands of bad messages over UDP and TCP', {
  timeout: 600_000,
}, async () => {
  const { server, peer } = await stage(
    {
      message: () => (_req, res) => res.send(200),
      // Answered and hung up on, so that what was made of their Contacts and routes is used.
      invite: app => (req, res) => {
        app.createUAS(req, res, { localSdp: sdp() }).then(
          dialog => dialog.destroy().catch(() => undefined),
          () => res.send(488),
        )
      },
    },
    { t1Ms: 5 },
  )
  const samples = fc.sample(fc.oneof(bytes, mutated, mutated, mutated), { numRuns: messages, seed })
  const over = samples.slice(0, messages / 10)
  /** Repeated like any request over UDP: what else is on the way may have filled the server's socket. */
  const served = async () => {
    const leg = newLeg(server.sipPort)
    const asked = request(peer, leg, 'MESSAGE')
    const answered = () => peer.count('200 MESSAGE', leg.callId) > 0
    await expect
      .poll(
        () => {
          if (!answered()) peer.send(asked)
          return answered()
        },
        { timeout: 60_000, interval: 100 },
      )
      .toBe(true)
  }
  for (const [index, sample] of samples.entries()) {
    // Each is its own transaction and dialog, not the last one's repetition.
    peer.send(sample.replaceAll('seed', `seed${index}`))
    // No more at once than the socket holds.
    if (index % 100 === 0) await served()
  }
  for (const sample of over) {
    const other = await openPeer(server.sipPort, 'tcp')
    other.send(sample)
    await other.close()
  }
  await served()
  await expect
    .poll(() => server.open(), { timeout: 30_000 })
    .toMatchObject({ transactions: 0, dialogs: 0, requests: 0, connections: 0 })
})

function broken(text: string, cuts: readonly number[]): string[] {
  const pieces: string[] = []
  let rest = text
  for (const cut of cuts) {
    pieces.push(rest.slice(0, cut))
    rest = rest.slice(cut)
  }
  return [...pieces, rest]
}
