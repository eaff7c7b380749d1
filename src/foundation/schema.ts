import { z } from 'zod'

/** Values that stand in more than one shape. */

export const ms = (description: string) => z.number().describe(description)

/** ITU-T E.164 with its plus, or a short service number that this site allows. */
export const phoneNumber = z
  .string({ error: 'a telephone number' })
  .regex(/^\+?\d{3,15}$/, { error: 'a telephone number of 3 to 15 digits, as +8613800138000 or 12345' })
  .describe('A telephone number: E.164 with its plus, or a short service number')

export const flowName = z
  .string({ error: 'the name of a flow' })
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: 'the name of a flow, as its file has it without .yaml' })
  .describe('Name of a flow')
