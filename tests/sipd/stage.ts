import { onTestFinished } from 'vitest'
import { type App, connectApp, type Handler } from './app.ts'
import { openServer, type Server } from './open-server.ts'
import { openPeer, type Peer } from './peer.ts'

type Method = 'invite' | 'register' | 'options' | 'message' | 'info' | 'notify' | 'subscribe' | 'refer'

export type Stage = {
  readonly server: Server
  readonly app: App
  readonly peer: Peer
  /** Another user agent. */
  another(protocol?: 'udp' | 'tcp'): Promise<Peer>
}

/** A server, an app that takes what has a handler, and a user agent; all are put away when the test is over. */
export async function stage(
  handlers: Partial<Record<Method, (app: App) => Handler>> = {},
  {
    t1Ms = 500,
    protocol = 'udp',
    trusts,
  }: {
    readonly t1Ms?: number
    readonly protocol?: 'udp' | 'tcp'
    readonly trusts?: (address: string) => boolean
  } = {},
): Promise<Stage> {
  const server = await openServer(t1Ms, trusts)
  onTestFinished(server.close)
  const app = await connectApp(server.control, each => {
    for (const [method, handler] of Object.entries(handlers)) each[method as Method](handler(each))
  })
  let gone = false
  app.once('close', () => {
    gone = true
  })
  onTestFinished(() => {
    if (!gone) app.disconnect()
  })
  const another = async (of: 'udp' | 'tcp' = 'udp') => {
    const peer = await openPeer(server.sipPort, of)
    onTestFinished(peer.close)
    return peer
  }
  return { server, app, peer: await another(protocol), another }
}
