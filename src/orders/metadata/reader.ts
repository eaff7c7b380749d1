import { Fault } from '../../foundation/index.ts'

/** Reads a byte stream in the sizes that a format needs. */
export type Reader = {
  /** Position of the next byte in the file. */
  at(): number
  /** How many bytes are buffered. */
  held(): number
  /** All buffered bytes, at least `count` unless the file ends; they stay unread. */
  peek(count: number): Promise<Buffer>
  /** Reads exactly `count` bytes. @throws Fault `evidence-broken` if the file ends first */
  take(count: number): Promise<Buffer>
  /** Reads `count` bytes, in pieces as they arrive. @throws as `take` */
  pass(count: number): AsyncIterable<Uint8Array>
  /** All remaining bytes, in a buffer that may be modified. */
  rest(): Promise<Buffer>
  /** Records that the file is passed on unchanged. */
  noteAsSent(): void
  /** The refusal of a malformed file. */
  broken(found: string): Fault
  close(): Promise<void>
}

/** Streams a file without the metadata of who made it; picture, sound and text stay the same. */
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
