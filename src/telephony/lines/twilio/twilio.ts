import twilio from 'twilio'
import type { Asked } from '../../../foundation/index.ts'

/** A webhook's fields, when Twilio itself signed it (X-Twilio-Signature); undefined for anybody else's. */
export function signedFields(
  { url, headers, body }: Asked & { readonly body: string },
  { authToken, publicUrl }: { readonly authToken: string; readonly publicUrl: string },
): Readonly<Record<string, unknown>> | undefined {
  const signature = headers['x-twilio-signature'] ?? ''
  // Signed is the address that Twilio was given, whatever a proxy made of it on the way.
  const signedUrl = new URL(url, publicUrl).href
  try {
    if (headers['content-type']?.startsWith('application/json'))
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
