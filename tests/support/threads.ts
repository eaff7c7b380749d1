/** Threads of the product as it runs, seen and ended through Node's own inspector: it has no door for that itself. */
import { once } from 'node:events'
import { WebSocket } from 'ws'
import { freePort } from './baresip.ts'

/** What a process is started with, so that its threads can be ended. */
export async function openToInspection() {
  const port = await freePort()
  return { port, env: { NODE_OPTIONS: `--inspect=127.0.0.1:${port}` } }
}

type Told = {
  readonly id?: number
  readonly method?: string
  readonly params?: { readonly sessionId: string; readonly workerInfo?: { readonly url: string } }
}

/** Ends a thread whose file is named so, as one that fails would. @returns how many there were */
export async function endThread(port: number, named: RegExp): Promise<number> {
  const [target] = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as {
    readonly webSocketDebuggerUrl: string
  }[]
  const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '')
  await once(socket, 'open')
  let id = 0
  let count = 0
  const send = (method: string, params: object) => socket.send(JSON.stringify({ id: ++id, method, params }))
  const known = new Promise<void>(resolve => {
    socket.on('message', text => {
      const { id: answered, method, params }: Told = JSON.parse(String(text))
      // All threads are told of before the question is answered.
      if (answered === 1) return resolve()
      if (method !== 'NodeWorker.attachedToWorker' || !named.test(params?.workerInfo?.url ?? '')) return
      if (count++ > 0) return
      const message = JSON.stringify({
        id: 1,
        method: 'Runtime.evaluate',
        params: { expression: 'process.exit(9)' },
      })
      send('NodeWorker.sendMessageToWorker', { sessionId: params?.sessionId, message })
    })
  })
  send('NodeWorker.enable', { waitForDebuggerOnStart: false })
  await known
  socket.close()
  await once(socket, 'close')
  return count
}
