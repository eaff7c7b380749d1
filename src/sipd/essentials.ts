import { readPeerAddress } from './address.ts'
import { header, type Message } from './message.ts'
import { readVia, type Via } from './via.ts'

/** What says which transaction and which dialog a message belongs to: read once, when it arrives. */
export type Essentials = {
  readonly via: Via
  readonly callId: string
  readonly cseq: number
  /** The method of the CSeq header: a request's own, or the one that a response answers. */
  readonly method: string
  readonly fromTag?: string
  readonly toTag?: string
}

const cseqShape = /^(\d{1,10})\s+([\w\-.!%*+`'~]+)$/

/** Undefined if one of Via, Call-ID, CSeq, From, To is missing or cannot be read (RFC 3261 section 8.1.1). */
export function essentialsOf(message: Message): Essentials | undefined {
  const topVia = header(message, 'Via')
  const via = topVia === undefined ? undefined : readVia(firstOf(topVia))
  const from = readPeerAddress(header(message, 'From') ?? '')
  const to = readPeerAddress(header(message, 'To') ?? '')
  const callId = header(message, 'Call-ID')
  const cseq = cseqShape.exec(header(message, 'CSeq') ?? '')
  if (!via || !from || !to || !callId || !cseq) return undefined
  return {
    via,
    callId,
    cseq: Number(cseq[1]),
    method: cseq[2]!,
    fromTag: from.params.get('tag'),
    toTag: to.params.get('tag'),
  }
}

/** The first of a list that has no quoted commas worth the look. */
function firstOf(list: string): string {
  const comma = list.indexOf(',')
  return comma < 0 ? list : list.slice(0, comma).trim()
}
