import { type SeatCommand, seatCommandSchema } from './api.ts'

/** @returns undefined for what is not a command */
export function readCommand(message: string | Uint8Array): SeatCommand | undefined {
  if (typeof message !== 'string') return undefined
  try {
    return seatCommandSchema.safeParse(JSON.parse(message)).data
  } catch {
    return undefined
  }
}
