import Srf from 'drachtio-srf'
import { systemClock, withDeadline } from '../../src/foundation/index.ts'

/** What the tests use of drachtio-srf, whose own types lack some of it. */
export type Message = {
  readonly body: string
  get(name: string): string
  has(name: string): boolean
}
export type Req = Message & {
  readonly method: string
  readonly uri: string
  readonly source_address: string
  readonly source_port: number
  readonly protocol: string
  on(event: 'cancel' | 'response' | 'update', heard: (...args: never[]) => void): void
  cancel(): void
  proxy(options: object): Promise<{ connected: boolean; finalStatus: number; responses: unknown[] }>
}
export type Res = Message & {
  readonly status: number
  send(status: number, options?: object | string, done?: (error: unknown, sent: Message) => void): void
}
export type Handler = (req: Req, res: Res) => void
export type Dialog = {
  readonly id: string
  readonly connected: boolean
  readonly sip: { readonly callId: string; readonly localTag: string; readonly remoteTag: string }
  readonly local: { readonly sdp: string; readonly uri: string }
  readonly remote: { readonly sdp: string; readonly uri: string }
  on(event: string, heard: (req: Req, res: Res & string) => void): void
  once(event: string, heard: (req: Req, res: Res & string) => void): void
  destroy(): Promise<Req>
  modify(sdp: string): Promise<string>
  request(options: { method: string; body?: string; headers?: Record<string, string> }): Promise<Res>
}
type Surveys = { cbRequest?: (error: unknown, req: Req) => void; cbProvisional?: (res: Res) => void }
export type App = Record<
  | 'invite'
  | 'register'
  | 'options'
  | 'message'
  | 'info'
  | 'notify'
  | 'subscribe'
  | 'publish'
  | 'refer'
  | 'update'
  | 'prack',
  (handler: Handler) => void
> & {
  connect(options: object): void
  disconnect(): void
  on(event: string, heard: (error: Error | null, hostport: string) => void): void
  once(event: string, heard: (error: Error | null, hostport: string) => void): void
  createUAS(req: Req, res: Res, options: object): Promise<Dialog>
  createUAC(uri: string, options: object, surveys?: Surveys): Promise<Dialog>
  createB2BUA(
    req: Req,
    res: Res,
    uri: string,
    options?: object,
    surveys?: Surveys,
  ): Promise<{ uas: Dialog; uac: Dialog }>
  request(uri: string, options: object): Promise<Req>
  findDialogById(id: string): Dialog | undefined
}

/** An app, connected; what it takes has to be said in `prepare`, before it connects. */
export async function connectApp(
  control: { readonly port: number; readonly secret: string },
  prepare: (app: App) => void = () => undefined,
): Promise<App> {
  const app = new (Srf as unknown as new () => App)()
  prepare(app)
  const connected = new Promise<void>((resolve, reject) => {
    app.once('connect', error => (error ? reject(error) : resolve()))
  })
  app.on('error', () => undefined)
  app.connect({ host: '127.0.0.1', ...control })
  await within(5_000, connected, 'the app has connected')
  return app
}

/** The response to a request that the app has sent outside a dialog. */
export function responseTo(req: Req, ms = 5_000): Promise<Res> {
  return within(
    ms,
    new Promise(resolve => req.on('response', (res: Res) => res.status >= 200 && resolve(res))),
    'a response',
  )
}

/** Fails, naming the fact that did not come. */
export function within<T>(ms: number, fact: Promise<T>, name: string): Promise<T> {
  return withDeadline(systemClock, ms, fact, () => new Error(`waited ${ms} ms in vain: ${name}`))
}

/** A promise and what settles it: for facts that a callback tells. */
export function fact<T>(): { readonly come: Promise<T>; readonly tell: (value: T) => void } {
  let tell: (value: T) => void = () => undefined
  const come = new Promise<T>(resolve => {
    tell = resolve
  })
  return { come, tell }
}
