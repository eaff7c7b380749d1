import { z } from 'zod'
import { ms } from './values.ts'

/** Seats over HTTP. */

const seatName = z
  .string({ error: 'a name' })
  .regex(/^[a-z0-9][a-z0-9._-]{0,31}$/i, {
    error: '1 to 32 letters, digits, dots, dashes or underscores, the first a letter or digit',
  })
  .describe('Name of a seat: the user part of its SIP address')

export const seatSchema = z
  .object({
    name: z.string(),
    display: z.string().describe('The name that people read'),
    contact: z.string().describe('SIP URI of its phone; absent while no phone has registered').optional(),
    state: z
      .enum(['away', 'offline', 'ready', 'offered', 'talking', 'wrap-up', 'resting'])
      .describe('What it is doing; offline: wants calls, but no phone of it has registered'),
    sinceMs: ms('Since when, ms since 1970'),
    caller: z.string().describe('Id of the call it rings for or talks to').optional(),
  })
  .describe('A seat: a person with a phone')

export const seatListSchema = z.object({ seats: z.array(seatSchema).readonly() })

const contactForm = 'a SIP URI, as sip:s1@127.0.0.1:5090, or a telephone, as tel:+8613800138000'
const contact = z
  .string({ error: contactForm })
  .regex(/^(?:sips?:[^\s<>"]+|tel:\+[1-9]\d{6,14})$/i, { error: contactForm })
  .describe('SIP URI of a phone with a fixed address, or tel: and the number of a telephone')

const password = z
  .string({ error: 'at least 12 characters' })
  .min(12, { error: 'at least 12 characters' })
  .max(128, { error: 'at most 128 characters' })
  .describe('Digest password (RFC 8760) of a phone that registers')

export const newSeatSchema = z
  .object({
    name: seatName,
    display: z
      .string({ error: 'the name that people read' })
      .min(1, { error: 'the name that people read' })
      .max(64, { error: 'at most 64 characters' }),
  })
  .and(
    z.union(
      [
        z.object({ contact, password: z.never().optional() }),
        z.object({ password, contact: z.never().optional() }),
      ],
      {
        error: 'either contact, for a phone with a fixed address, or password, for one that registers',
      },
    ),
  )

export const seatParamsSchema = z.object({ name: seatName })

export type Seat = z.output<typeof seatSchema>
export type NewSeat = z.output<typeof newSeatSchema>
