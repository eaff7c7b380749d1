import { readPeerAddress } from './address.ts'
import { header, type Message } from './message.ts'
import { splitList } from './params.ts'
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
  const via = topVia === undefined ? undefined : readVia(splitList(topVia)[0] ?? '')
  const from = readPeerAddress(header(message, 'From') ?? '')
  const to = readPeerAddress(header(message, 'To') ?? '')
  const callId = header(message, 'Call-ID')
  const cseq = cseqShape.exec(header(message, 'CSeq') ?? '')
  if (!via || !from || !to || !callId || !cseq) return undefined
  if (from.params.get('tag') === '' || to.params.get('tag') === '') return undefined
  return {
    via,
    callId,
    cseq: Number(cseq[1]),
    method: cseq[2]!,
    fromTag: from.params.get('tag'),
    toTag: to.params.get('tag'),
  }
}
