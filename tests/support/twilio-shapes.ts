/**
 * The parts of Twilio's published OpenAPI (github.com/twilio/twilio-oai, spec/json/twilio_api_v2010.json, CreateCall,
 * ListCall, FetchCall, UpdateCall and api.v2010.account.call) that a call needs, in our own words: names, types, patterns.
 * Strict, so that a parameter which Twilio does not know is a fault.
 */
import { z } from 'zod'

const method = z.enum(['GET', 'POST'])
const absolute = z.url({ protocol: /^https?$/ })
const sidOf = (prefix: string) => z.string().regex(new RegExp(`^${prefix}[0-9a-fA-F]{32}$`))
const flag = z.enum(['true', 'false'])
const many = <T extends z.ZodType>(of: T) =>
  z.preprocess(value => (Array.isArray(value) ? value : [value]), z.array(of))

export const createCall = z
  .strictObject({
    To: z.string().min(1),
    From: z.string().min(1),
    Url: absolute.optional(),
    Twiml: z.string().max(4000).optional(),
    ApplicationSid: sidOf('AP').optional(),
    Method: method.optional(),
    FallbackUrl: absolute.optional(),
    StatusCallback: absolute.optional(),
    StatusCallbackEvent: many(z.enum(['initiated', 'ringing', 'answered', 'completed'])).optional(),
    StatusCallbackMethod: method.optional(),
    Timeout: z.coerce.number().int().min(1).max(600).optional(),
    MachineDetection: z.enum(['Enable', 'DetectMessageEnd']).optional(),
    MachineDetectionTimeout: z.coerce.number().int().min(3).max(59).optional(),
    AsyncAmd: flag.optional(),
    AsyncAmdStatusCallback: absolute.optional(),
    AsyncAmdStatusCallbackMethod: method.optional(),
    TimeLimit: z.coerce.number().int().optional(),
  })
  .refine(({ Url, Twiml, ApplicationSid }) => Url ?? Twiml ?? ApplicationSid, { error: 'nothing to do' })
export type CreateCall = z.output<typeof createCall>

export const listCalls = z.strictObject({
  To: z.string().optional(),
  From: z.string().optional(),
  Status: z.string().optional(),
  PageSize: z.coerce.number().int().min(1).max(1000).default(50),
  Page: z.coerce.number().int().optional(),
  PageToken: z.string().optional(),
})

export const updateCall = z.strictObject({
  Status: z.enum(['canceled', 'completed']).optional(),
  Twiml: z.string().max(4000).optional(),
  Url: absolute.optional(),
})

export const callStatus = z.enum([
  ...(['queued', 'ringing', 'in-progress', 'completed', 'busy', 'failed', 'no-answer', 'canceled'] as const),
])
export type CallStatus = z.output<typeof callStatus>

const text = z.string().nullable()
/** RFC 2822, as `Thu, 26 Nov 2026 11:21:19 +0000`: seconds are its finest. */
const moment = z
  .string()
  .regex(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000$/)
  .nullable()

export const callResource = z.strictObject({
  sid: sidOf('CA'),
  account_sid: sidOf('AC'),
  status: callStatus,
  to: text,
  from: text,
  direction: text,
  date_created: moment,
  date_updated: moment,
  start_time: moment,
  end_time: moment,
  answered_by: text,
  api_version: text,
  caller_name: text,
  duration: text,
  forwarded_from: text,
  from_formatted: text,
  group_sid: text,
  parent_call_sid: text,
  phone_number_sid: text,
  price: text,
  price_unit: text,
  queue_time: text,
  to_formatted: text,
  trunk_sid: text,
  uri: text,
  subresource_uris: z.record(z.string(), z.string()).nullable(),
})
export type CallResource = z.output<typeof callResource>
