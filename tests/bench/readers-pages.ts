/** Pages that read captions, in a process of their own: told which sockets to open, and asked what came. */
import { once } from 'node:events'
import { constants, setPriority } from 'node:os'
import WebSocket from 'ws'

export type ToPages = { readonly api: string; readonly paths: readonly string[] } | 'count'
export type FromPages = { readonly open: number; readonly changes: number }

// In a city these are other machines: they may not take the time of the one that is measured.
setPriority(constants.priority.PRIORITY_LOW)

let open = 0
let changes = 0

/** One address may open 120 a minute: these come from as many as are needed. */
const pagesAnAddress = 40

async function openAll(api: string, paths: readonly string[]): Promise<void> {
  for (let at = 0; at < paths.length; at++) {
    const address = Math.floor(at / pagesAnAddress)
    const socket = new WebSocket(`${api.replace('http', 'ws')}${paths[at]}`, {
      localAddress: `127.0.${1 + Math.floor(address / 250)}.${1 + (address % 250)}`,
    })
    socket.on('message', (data: Buffer) => {
      if (data.includes('"changes"')) changes++
    })
    socket.on('close', () => open--)
    await once(socket, 'open')
    open++
  }
}

process.on('message', async (message: ToPages) => {
  if (message !== 'count') await openAll(message.api, message.paths)
  process.send!({ open, changes } satisfies FromPages)
  changes = 0
})
