import { type Params, readParams } from './params.ts'
import { isPort } from './reachable.ts'

/** The topmost hop of a message (RFC 3261 section 20.42). */
export type Via = {
  readonly transport: string
  readonly host: string
  readonly port?: number
  readonly params: Params
}

const shape = /^SIP\s*\/\s*2\.0\s*\/\s*([\w-]+)\s+(\[[0-9a-f:.]+\]|[\w.-]+)(?:\s*:\s*(\d+))?\s*/i

/** Reads one Via; undefined if it is none, or names a port to which no answer can go. */
export function readVia(value: string): Via | undefined {
  const found = shape.exec(value)
  const params = found && readParams(value, found[0].length)
  if (!found || !params) return undefined
  const port = found[3] === undefined ? undefined : Number(found[3])
  if (port !== undefined && !isPort(port)) return undefined
  return {
    transport: found[1]!.toUpperCase(),
    host: found[2]!.replace(/^\[|\]$/g, ''),
    port,
    params,
  }
}

/** Every branch that names a transaction begins so (RFC 3261 section 8.1.1.7). */
export const magicCookie = 'z9hG4bK'
