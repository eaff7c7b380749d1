/** Twilio's side of calls that are made by REST: takes orders, rings phones, tells of each state, follows the TwiML. */
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parse } from 'node:querystring'
import { createMailbox } from '../../src/foundation/index.ts'
import { newSid, openStream, post, type Twilio } from './twilio.ts'
import {
  type CallResource,
  type CallStatus,
  type CreateCall,
  callResource,
  createCall,
  listCalls,
  updateCall,
} from './twilio-shapes.ts'

/**
 * What goes wrong with the next order: refused for now; an error before or after the call was made; the same, and
 * webhooks get lost, too; or an error, and the call is made once another order has come.
 */
export type Mishap = 'limit' | 'lost-before' | 'lost-after' | 'mute' | 'late'

/** A phone that Twilio rings. */
export type RungPhone = Awaited<ReturnType<typeof ringPhone>>

/** The one number that is not in service. */
export const nobody = '+8613000000000'
const finalStates: readonly CallStatus[] = ['completed', 'busy', 'failed', 'no-answer', 'canceled']

type Kept = { readonly order: CreateCall; readonly resource: CallResource; phone?: Promise<RungPhone> }

export async function openTwilioRest(twilio: Twilio, accountSid: string) {
  const rung = createMailbox<RungPhone>()
  const mishaps: Mishap[] = []
  const kept = new Map<string, Kept>()
  const orders: { readonly atMs: number; readonly order: CreateCall; readonly said: number }[] = []
  /** What no OpenAPI allows, or no account may: none, with a line that works. */
  const faults: unknown[] = []
  const credentials = `Basic ${Buffer.from(`${accountSid}:${twilio.authToken}`).toString('base64')}`
  const path = `/2010-04-01/Accounts/${accountSid}/Calls`

  const late: CreateCall[] = []
  const looks: (string | undefined)[] = []
  const make = (order: CreateCall, isMute = false): CallResource => {
    const resource = newResource(accountSid, order)
    const call: Kept = { order, resource }
    kept.set(resource.sid, call)
    call.phone = ringPhone(isMute ? { ...twilio, deskUrl: 'http://127.0.0.1:9' } : twilio, call)
    void call.phone.then(phone => {
      if (order.To === nobody) phone.settle('failed')
      else rung.put(phone)
    })
    return resource
  }
  const create = (form: unknown): [number, unknown] => {
    const order = createCall.parse(form)
    const mishap = mishaps.shift()
    const say = (status: number, body: unknown): [number, unknown] => {
      orders.push({ atMs: performance.now(), order, said: status })
      return [status, body]
    }
    if (mishap === 'limit') return say(429, { code: 20429, message: 'Too many requests', status: 429 })
    if (mishap === 'lost-before') return say(503, '<html>Service Unavailable</html>')
    if (!/^\+[1-9]\d{6,14}$/.test(order.To))
      return say(400, { code: 21211, message: `Invalid 'To' Phone Number: ${order.To}`, status: 400 })
    if (mishap === 'late') {
      late.push(order)
      return say(500, { code: 20500, message: 'Internal Server Error' })
    }
    const resource = make(order, mishap === 'mute')
    for (const overdue of late.splice(0)) make(overdue)
    return mishap === 'lost-after' || mishap === 'mute'
      ? say(500, { code: 20500, message: 'Internal Server Error' })
      : say(201, resource)
  }
  const update = async (sid: string, form: unknown): Promise<[number, unknown]> => {
    const { Status } = updateCall.parse(form)
    const call = kept.get(sid)
    if (!call) return [404, { code: 20404, message: 'not found', status: 404 }]
    if (Status === 'completed') await (await call.phone)?.cut()
    return [200, call.resource]
  }
  const list = (query: unknown): [number, unknown] => {
    const { To, From, PageSize } = listCalls.parse(query)
    looks.push(To)
    const found = [...kept.values()]
      .map(({ resource }) => resource)
      .filter(({ to, from }) => (!To || to === To) && (!From || from === From))
      .reverse()
    const calls = found.slice(0, PageSize).map(resource => callResource.parse(resource))
    return [200, { calls, end: calls.length, page: 0, page_size: PageSize, start: 0, uri: path }]
  }

  const answer = async (request: IncomingMessage): Promise<[number, unknown]> => {
    if (request.headers.authorization !== credentials) return [401, { code: 20003, message: 'Authenticate' }]
    const url = new URL(request.url ?? '', 'http://localhost')
    const form = await bodyOf(request)
    const sid = /^\/(CA[0-9a-f]{32})\.json$/.exec(url.pathname.slice(path.length))?.[1]
    if (url.pathname === `${path}.json`)
      return request.method === 'POST' ? create(form) : list(Object.fromEntries(url.searchParams))
    if (sid && request.method === 'POST') return update(sid, form)
    const call = kept.get(sid ?? '')
    return call ? [200, callResource.parse(call.resource)] : [404, { code: 20404, message: 'not found' }]
  }
  const server = createServer((request, response) => {
    answer(request).then(
      ([status, body]) => {
        response.writeHead(status, { 'content-type': 'application/json' })
        response.end(typeof body === 'string' ? body : JSON.stringify(body))
      },
      error => {
        faults.push(error)
        response.writeHead(400).end(JSON.stringify({ code: 20001, message: 'no such parameter' }))
      },
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    rung,
    /** What shall go wrong, an order each. */
    mishaps,
    orders,
    faults,
    /** How often we were asked for calls to a number. */
    lookedFor: (number: string) => looks.filter(look => look === number).length,
    calls: () => [...kept.values()].map(({ resource }) => resource),
    open: () => [...kept.values()].filter(({ resource }) => !finalStates.includes(resource.status)).length,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Rings, tells of it, and does what its owner does with the phone. */
async function ringPhone(twilio: Twilio, { order, resource }: Kept) {
  let stream: Awaited<ReturnType<typeof openStream>> | undefined
  let tellEnded!: () => void
  let tellAnswered!: (really: boolean) => void
  let told = Promise.resolve()
  const ended = new Promise<void>(resolve => {
    tellEnded = resolve
  })
  const answered = new Promise<boolean>(resolve => {
    tellAnswered = resolve
  })
  const webhook = (url: string | undefined, more: Readonly<Record<string, string>>) => {
    if (!url) return
    const fields = { CallSid: resource.sid, AccountSid: resource.account_sid, ...more }
    // One after the other, and a front desk that has closed hears nothing.
    told = told
      .then(() => post(twilio, url.slice(twilio.publicUrl.length), fields).then(Boolean, () => false))
      .then(() => undefined)
  }
  const tell = (event: 'initiated' | 'ringing' | 'answered' | 'completed') => {
    if (order.StatusCallbackEvent?.includes(event)) {
      const names = { From: order.From, To: order.To, Direction: 'outbound-api', ApiVersion: '2010-04-01' }
      webhook(order.StatusCallback, { ...names, CallStatus: event === 'initiated' ? event : resource.status })
    }
  }
  const settle = (status: CallStatus) => {
    if (finalStates.includes(resource.status)) return
    resource.status = status
    tell('completed')
    tellAnswered(false)
    tellEnded()
  }
  tell('initiated')
  resource.status = 'ringing'
  tell('ringing')
  await told

  return {
    order,
    sid: resource.sid,
    answered,
    ended,
    settle,
    accept() {
      resource.status = 'in-progress'
      tell('answered')
      const token = /name="token" value="([^"]+)"/.exec(order.Twiml ?? '')?.[1] ?? ''
      void openStream(twilio, resource.sid, token).then(opened => {
        stream = opened
        tellAnswered(true)
        // After the stream the TwiML hangs up.
        void opened.ended.then(() => settle('completed'))
      })
    },
    reject: () => settle('busy'),
    /** Who answered, as detection finds out later. */
    isHeardAs: (AnsweredBy: string) =>
      webhook(order.AsyncAmdStatusCallback, { AnsweredBy, MachineDetectionDuration: '2400' }),
    /** The house asked for its end. */
    async cut() {
      if (stream) stream.hangup()
      settle(resource.status === 'in-progress' ? 'completed' : 'canceled')
      await told
    },
    says: (mark: Parameters<NonNullable<typeof stream>['says']>[0]) => stream?.says(mark),
    hears: async (mark: Parameters<NonNullable<typeof stream>['hears']>[0]) => {
      await answered
      await stream?.hears(mark)
    },
    press: (key: Parameters<NonNullable<typeof stream>['press']>[0]) => stream?.press(key),
    hangup: () => (stream ? stream.hangup() : settle('busy')),
  }
}

function newResource(accountSid: string, { To, From }: CreateCall): CallResource {
  const now = new Date().toUTCString().replace('GMT', '+0000')
  const sid = newSid('CA')
  return callResource.parse({
    sid,
    account_sid: accountSid,
    status: 'queued',
    to: To,
    from: From,
    direction: 'outbound-api',
    date_created: now,
    date_updated: now,
    start_time: null,
    end_time: null,
    answered_by: null,
    api_version: '2010-04-01',
    caller_name: null,
    duration: null,
    forwarded_from: null,
    group_sid: null,
    parent_call_sid: null,
    phone_number_sid: null,
    price: null,
    price_unit: 'USD',
    queue_time: '0',
    to_formatted: To,
    from_formatted: From,
    trunk_sid: null,
    uri: `/2010-04-01/Accounts/${accountSid}/Calls/${sid}.json`,
    subresource_uris: {},
  })
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return { ...parse(Buffer.concat(chunks).toString()) }
}
