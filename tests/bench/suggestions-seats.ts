/**
 * The pages of all other seats, in a process of their own: each reads its call's captions over a socket and asks after each
 * line what `/seat` asks, with the words so far and with the last two lines.
 */
import { once } from 'node:events'
import { constants, setPriority } from 'node:os'
import WebSocket from 'ws'
import type { ToPage } from '../../src/captions/index.ts'

export type ToSeats =
  | { readonly api: string; readonly cookie: string; readonly paths: readonly string[] }
  | 'count'
export type FromSeats = { readonly answered: number; readonly refused: number }

// In a city these are other machines: they may not take the time of the one that is measured.
setPriority(constants.priority.PRIORITY_LOW)

let answered = 0
let refused = 0

/** One address may open 120 sockets a minute: these come from as many as are needed. */
const seatsAnAddress = 40

async function openSeat(api: string, cookie: string, path: string, address: number): Promise<void> {
  const lines = new Map<number, string>()
  const headers = { cookie, origin: api, 'content-type': 'application/json' }
  const ask = async (what: string, body: object) => {
    const answer = await fetch(`${api}/api/${what}`, { method: 'POST', headers, body: JSON.stringify(body) })
    await answer.arrayBuffer()
    if (answer.ok) answered++
    else refused++
  }
  const socket = new WebSocket(`${api.replace('http', 'ws')}${path}`, { localAddress: `127.0.0.${address}` })
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString()) as ToPage
    if (message.kind !== 'changes') return
    const settled = message.changes.filter(({ line }) => line.settled && line.who === 'citizen')
    for (const { line } of settled) lines.set(line.id, line.text)
    if (settled.length === 0) return
    const all = [...lines].map(([id, text]) => ({ id, text }))
    void ask('suggestions', { text: all.map(({ text }) => text).join('\n') })
    void ask('readings', { lines: all.slice(-2) })
  })
  await once(socket, 'open')
}

process.on('message', async (message: ToSeats) => {
  if (message !== 'count')
    for (const [at, path] of message.paths.entries())
      await openSeat(message.api, message.cookie, path, 2 + Math.floor(at / seatsAnAddress))
  process.send!({ answered, refused } satisfies FromSeats)
  answered = 0
})
