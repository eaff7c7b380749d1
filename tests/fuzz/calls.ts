/** Mutated SIP and sound at the built product's sockets, and whether it is as it was when they are over. */

import { createHash } from 'node:crypto'
import type { Socket } from 'node:dgram'
import { readFile } from 'node:fs/promises'
import { bound, type RawCaller } from '../support/raw-caller.ts'
import type { RunningHotline } from '../support/running-hotline.ts'
import { headerOf, readSip, statusOf, writeSip } from '../support/sip-message.ts'
import { mutate, type Random } from './mutate.ts'
import * as seeds from './seeds.ts'

const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

/** So many that the sockets' buffers take them, then a pause: what is dropped on the way tests nobody. */
const burst = 40

export async function fuzzSip(
  hotline: RunningHotline,
  random: Random,
  count: number,
  learnt: readonly Buffer[],
) {
  const strangers = await Promise.all([1, 2, 3, 4].map(one => bound(`127.0.5.${one}`)))
  const all = [...seeds.sip, ...learnt, ...learnt]
  for (const socket of strangers) hangUpWhatIsAnswered(hotline, socket)
  for (let at = 0; at < count; at++) {
    const text = mutate(random, all).toString('latin1').replaceAll('seed', `seed${at}`)
    random
      .of(strangers)
      .send(Buffer.from(text, 'latin1').subarray(0, 60_000), hotline.sip.port, hotline.sip.host)
    if (at % burst === 0) await answersOptions(hotline, strangers[0]!, at)
  }
  for (const socket of strangers) socket.close()
}

/** What was answered is acknowledged and over; a call that has been made unable to say so is ended by the product. */
function hangUpWhatIsAnswered(hotline: RunningHotline, socket: Socket): void {
  socket.on('message', bytes => {
    const answer = readSip(bytes.toString('latin1'))
    if (statusOf(answer) !== 200 || !headerOf(answer, 'cseq').includes('INVITE')) return
    const uri = /<([^>]+)>/.exec(headerOf(answer, 'contact'))?.[1] ?? 'sip:127.0.0.1'
    const same = ['from', 'to', 'call-id'].map(name => [name, headerOf(answer, name)] as const)
    const seq = Number.parseInt(headerOf(answer, 'cseq'), 10)
    const via = `SIP/2.0/UDP ${socket.address().address}:${socket.address().port};rport;branch=z9hG4bK`
    for (const [method, number] of [
      ['ACK', seq],
      ['BYE', seq + 1],
    ] as const) {
      const headers = [
        ['Via', `${via}${method}${hashOf(headerOf(answer, 'call-id'))}`] as const,
        ['Max-Forwards', '70'] as const,
      ]
      const text = writeSip(`${method} ${uri} SIP/2.0`, [
        ...headers,
        ...same,
        ['CSeq', `${number} ${method}`],
      ])
      socket.send(Buffer.from(text, 'latin1'), hotline.sip.port, hotline.sip.host)
    }
  })
}
const hashOf = (text: string) => createHash('sha1').update(text).digest('hex')

/** The server has read what was sent before this. */
async function answersOptions(hotline: RunningHotline, socket: Socket, turn: number): Promise<void> {
  const here = `${socket.address().address}:${socket.address().port}`
  const id = `alive-${turn}`
  const asked = writeSip('OPTIONS sip:127.0.0.1 SIP/2.0', [
    ['Via', `SIP/2.0/UDP ${here};rport;branch=z9hG4bK${id}`],
    ['Max-Forwards', '70'],
    ['From', '<sip:alive@127.0.0.1>;tag=a'],
    ['To', '<sip:127.0.0.1>'],
    ['Call-ID', id],
    ['CSeq', '1 OPTIONS'],
  ])
  for (let attempt = 0; attempt < 60; attempt++) {
    const heard = new Promise<boolean>(resolve => {
      const hear = (bytes: Buffer) => {
        if (!bytes.includes(id)) return
        socket.off('message', hear)
        resolve(true)
      }
      socket.on('message', hear)
      setTimeout(() => {
        socket.off('message', hear)
        resolve(false)
      }, 500)
    })
    socket.send(asked, hotline.sip.port, hotline.sip.host)
    if (await heard) return
  }
  throw new Error(`the SIP server answers nothing any more, after ${turn} messages`)
}

export async function fuzzMedia(
  callers: readonly RawCaller[],
  random: Random,
  edge: 'RTP' | 'RTCP' | 'T.140',
  count: number,
) {
  const good = { RTP: seeds.rtp, RTCP: seeds.rtcp, 'T.140': seeds.t140 }[edge]
  for (let at = 0; at < count; at++) {
    random.of(callers).sends[edge](mutate(random, good).subarray(0, 1400))
    if (at % burst === 0) await sleep(4)
  }
}

/** Resident memory of the product, in MB, as Linux counts it. */
export async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}

/** Calls that are up, as the product counts them. */
export async function callsUp(hotline: RunningHotline): Promise<number> {
  const text = await (await fetch(`${hotline.url}/metrics`)).text()
  return [...text.matchAll(/^jieting_calls\{[^}]*\} (\d+)/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  )
}
