/** A caller's Contact held our peer's address in a parameter: the BYE of that call was written into another TCP service. */

import type { AddressInfo, Socket } from 'node:net'
import { createServer, type Server } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bound, openCaller } from '../support/raw-caller.ts'
import { type RunningHotline, runHotline } from '../support/running-hotline.ts'

const third = '127.0.7.200'
let hotline: RunningHotline
let service: Server
let datagrams: Awaited<ReturnType<typeof bound>>
const reached: string[] = []
beforeAll(async () => {
  service = createServer((socket: Socket) => {
    reached.push('a connection')
    socket.on('data', bytes => reached.push(bytes.toString('latin1')))
  })
  await new Promise<void>(resolve => service.listen(0, third, resolve))
  datagrams = await bound(third)
  datagrams.on('message', bytes => reached.push(bytes.toString('latin1')))
  // Nobody here is a peer whose word is taken.
  hotline = await runHotline({ TRUSTED_PEERS: '127.9.9.9' })
}, 60_000)
afterAll(async () => {
  await hotline?.close()
  service.close()
  datagrams.close()
}, 60_000)

it('is hung up on where it came from, and nowhere else, whatever its Contact and routes name', async () => {
  const tcp = () => `${third}:${(service.address() as AddressInfo).port}`
  const udp = () => `${third}:${datagrams.address().port}`
  const ways = [
    { contact: (here: string) => `<sip:x@${tcp()};transport=tcp;x=${here}>` },
    { contact: (here: string) => `<sip:${here}@${tcp()};transport=tcp>` },
    { contact: (here: string) => `<sip:x@${here};maddr=${third};transport=tcp>` },
    { contact: () => `<sip:x@${udp()}>` },
    { headers: [['Record-Route', `<sip:${udp()};lr>`]] as const },
    { headers: [['Record-Route', `<sip:${tcp()};transport=tcp;lr>`]] as const },
  ]
  const callers = await Promise.all(
    ways.map((way, at) => openCaller(hotline, `1380013801${at}`, `127.0.7.${at + 1}`, way)),
  )
  expect(callers.map(({ status }) => status)).toEqual(ways.map(() => 200))
  await hotline.close()
  expect(callers.map(caller => caller.isOver())).toEqual(ways.map(() => true))
  expect(reached).toEqual([])
  for (const caller of callers) caller.close()
}, 60_000)
