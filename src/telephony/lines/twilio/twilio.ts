import twilio from 'twilio'
import type { Asked } from '../../../foundation/index.ts'
import { type PlacedCall, restFault, type TwilioRest } from './rest.ts'

/** Where Twilio reaches one of our paths. A city's address may have a path of its own, which its proxy takes away. */
export const addressOf = (publicUrl: string, path: string): string => publicUrl.replace(/\/+$/, '') + path

/** A webhook's fields, when Twilio itself signed it (X-Twilio-Signature); undefined for anybody else's. */
export function signedFields(
  { url, headers, body }: Asked & { readonly body: string },
  { authToken, publicUrl }: { readonly authToken: string; readonly publicUrl: string },
): Readonly<Record<string, unknown>> | undefined {
  const signature = headers['x-twilio-signature'] ?? ''
  // Signed is the address that Twilio was given, whatever a proxy made of it on the way.
  const signedUrl = addressOf(publicUrl, url)
  try {
    if (/^application\/json\b/i.test(headers['content-type'] ?? ''))
      return twilio.validateRequestWithBody(authToken, signature, signedUrl, body)
        ? JSON.parse(body)
        : undefined
    const fields = Object.fromEntries(new URLSearchParams(body))
    return twilio.validateRequest(authToken, signature, signedUrl, fields) ? fields : undefined
  } catch {
    return undefined
  }
}

/** Connects a call to a stream, both ways; when that is closed the call is over. */
export function connectTwiml(streamUrl: string, token: string): string {
  const response = new twilio.twiml.VoiceResponse()
  response.connect().stream({ url: streamUrl }).parameter({ name: 'token', value: token })
  response.hangup()
  return response.toString()
}

export function rejectTwiml(reason: 'busy' | 'rejected'): string {
  const response = new twilio.twiml.VoiceResponse()
  response.reject({ reason })
  return response.toString()
}

export const emptyTwiml = () => new twilio.twiml.VoiceResponse().toString()

export type TwilioAccount = {
  readonly accountSid: string
  readonly authToken: string
  /** Another than Twilio's own of the United States, as https://api.dublin.ie1.twilio.com. */
  readonly apiUrl?: string
}

const defaultApiUrl = 'https://api.twilio.com'
/** An order that took longer may be taken all the same. */
const replyWithinMs = 10_000
/** Twilio's own limit of a call's ringing, in seconds. */
const mostRingSeconds = 600
/** Calls between two numbers that are looked at. */
const mostFound = 20

/** Calls by Twilio's REST API, 2010-04-01. */
export function openTwilioRest({ accountSid, authToken, apiUrl = defaultApiUrl }: TwilioAccount): TwilioRest {
  const httpClient = new twilio.RequestClient({ timeout: replyWithinMs })
  const request = httpClient.request.bind(httpClient)
  httpClient.request = asked =>
    request({ ...asked, uri: asked.uri.replace(defaultApiUrl, apiUrl.replace(/\/$/, '')) })
  const { calls } = twilio(accountSid, authToken, { httpClient, accountSid, logLevel: 'none' })
  const asking = async <T>(reply: Promise<T>): Promise<T> => {
    try {
      return await reply
    } catch (error) {
      // Its text can hold the number.
      const { status, code } = error as { readonly status?: number; readonly code?: unknown }
      throw restFault(status, code)
    }
  }
  const placed = ({ sid, status, dateCreated }: Placed): PlacedCall => ({
    sid,
    status,
    madeAtMs: dateCreated.getTime(),
  })
  return {
    async create({ to, from, twiml, statusUrl, machineUrl, ringMs }) {
      const { sid } = await asking(
        calls.create({
          to,
          from,
          twiml,
          statusCallback: statusUrl,
          statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
          timeout: Math.min(mostRingSeconds, Math.ceil(ringMs / 1000)),
          machineDetection: machineUrl === undefined ? undefined : 'Enable',
          asyncAmd: machineUrl === undefined ? undefined : 'true',
          asyncAmdStatusCallback: machineUrl,
        }),
      )
      return sid
    },
    fetch: async sid => placed(await asking(calls(sid).fetch())),
    find: async numbers =>
      (await asking(calls.list({ ...numbers, limit: mostFound, pageSize: mostFound }))).map(placed),
    async end(sid) {
      await asking(calls(sid).update({ status: 'completed' }))
    },
  }
}

type Placed = { readonly sid: string; readonly status: string; readonly dateCreated: Date }
