import { Fault } from '../../foundation/index.ts'

/** Bytes that come in pieces of any size, read in the sizes that a format has. */
export type Reader = {
  /** Where the next byte stands in the file. */
  at(): number
  /** How many bytes are here already. */
  held(): number
  /** All that is here, at least so many bytes unless the file ends; they are not read by that. */
  peek(count: number): Promise<Buffer>
  /** Exactly so many. @throws Fault `evidence-broken` at a file that ends before */
  take(count: number): Promise<Buffer>
  /** So many as they come, in pieces. @throws as `take` */
  pass(count: number): AsyncIterable<Uint8Array>
  /** All that is left, which may be written to. */
  rest(): Promise<Buffer>
  /** Says that the file is passed on as it was sent. */
  noteAsSent(): void
  /** The refusal of a file that is not what its first bytes say. */
  broken(found: string): Fault
  close(): Promise<void>
}

/** A file as it comes, without what it tells of whoever took or wrote it; picture, sound and text are as before. */
export type Strip = (reader: Reader) => AsyncIterable<Uint8Array>

export function createReader(
  bytes: AsyncIterable<Uint8Array>,
  name: string,
  noteAsSent: () => void = () => undefined,
): Reader {
  const source = bytes[Symbol.asyncIterator]()
  let here: Buffer = Buffer.alloc(0)
  let at = 0

  const broken = (found: string) =>
    new Fault({
      code: 'evidence-broken',
      place: name,
      found,
      expected: 'a whole file; where it looks whole, save it as JPEG or PNG and send that',
    })
  const peek = async (count: number) => {
    const pieces = [here]
    let length = here.length
    while (length < count) {
      const { done, value } = await source.next()
      if (done) break
      pieces.push(Buffer.from(value.buffer, value.byteOffset, value.length))
      length += value.length
    }
    if (pieces.length > 1) here = Buffer.concat(pieces)
    return here
  }
  const cut = (count: number) => {
    const taken = here.subarray(0, count)
    here = here.subarray(count)
    at += taken.length
    return taken
  }
  const take = async (count: number) => {
    if ((await peek(count)).length < count) throw broken('a file that is cut short')
    return cut(count)
  }
  return {
    at: () => at,
    held: () => here.length,
    peek,
    take,
    async *pass(count) {
      for (let left = count; left > 0; ) {
        if ((await peek(1)).length === 0) throw broken('a file that is cut short')
        const piece = cut(left)
        left -= piece.length
        yield piece
      }
    },
    async rest() {
      return Buffer.from(cut((await peek(Number.POSITIVE_INFINITY)).length))
    },
    noteAsSent,
    broken,
    async close() {
      await source.return?.()
    },
  }
}
