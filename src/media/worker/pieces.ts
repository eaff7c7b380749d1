import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { reasonOf } from '../../foundation/index.ts'

/** 1.6 s of two channels: with the piece that is under way a crash costs less than 2 s. */
export const pieceBytes = 80 * 320
/** Pieces that may wait for a slow disk, of one recording: 10 s. */
const mostWaiting = 6

/** Pieces that no recording of this thread uses now: one is taken when another fills, and nothing is allocated for a packet. */
const spare: Uint8Array[] = []
const mostSpare = 64
export const takePiece = (): Uint8Array => spare.pop() ?? new Uint8Array(pieceBytes)
export function givePiece(piece: Uint8Array): void {
  if (spare.length < mostSpare) spare.push(piece)
}

/** A file that grows by pieces, one after the other, and nobody waits for the disk. */
export type PieceFile = {
  /**
   * Puts the piece behind what is there, and gives it back when it is written.
   * @returns false when the disk is too slow: silence will stand in its place
   */
  add(piece: Uint8Array, bytes: number): boolean
  /**
   * Writes its end, and resolves when all is on the disk: with how many bytes lie behind the header, and the code of what
   * kept it from more.
   */
  finish(
    end: (file: FileHandle) => Promise<void>,
  ): Promise<{ readonly written: number; readonly failure: string | undefined }>
}

/**
 * @param header stands at the beginning, and is written anew after each piece
 * @param size tells the header how much lies behind it
 * @param onFailure nothing more can be written; what is there stays
 */
export function createPieceFile(
  path: string,
  header: Buffer,
  size: (header: Buffer, bytes: number) => void,
  silence: number,
  onFailure: () => void,
): PieceFile {
  let behind = 0
  let written = 0
  let waiting = 0
  let failure: string | undefined
  let file: FileHandle | undefined
  /** Where silence is owed, once the disk keeps up again. */
  const owed: { readonly at: number; readonly bytes: number }[] = []

  const fail = (error: unknown) => {
    failure ??= reasonOf(error)
    onFailure()
  }
  const begin = async () => {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    file = await open(path, 'wx', 0o600)
    await write(header, header.length, 0)
  }
  let writing = begin()
  writing.catch(fail)

  async function write(bytes: Uint8Array, count: number, at: number): Promise<void> {
    const { bytesWritten } = await file!.write(bytes, 0, count, at)
    // A disk that is nearly full takes a part.
    if (bytesWritten < count) throw Object.assign(new Error('a part alone was written'), { code: 'ENOSPC' })
  }
  async function payOwed(): Promise<void> {
    for (let hole = owed.shift(); hole; hole = owed.shift())
      await write(new Uint8Array(hole.bytes).fill(silence), hole.bytes, hole.at)
  }

  return {
    add(piece, bytes) {
      const at = header.length + behind
      behind += bytes
      if (waiting >= mostWaiting || failure !== undefined) {
        owed.push({ at, bytes })
        givePiece(piece)
        return false
      }
      waiting++
      const total = behind
      writing = writing.then(async () => {
        try {
          await write(piece, bytes, at)
        } finally {
          waiting--
          givePiece(piece)
        }
        if (owed.length > 0) await payOwed()
        size(header, total)
        await write(header, header.length, 0)
        written = total
      })
      writing.catch(fail)
      return true
    },
    async finish(end) {
      try {
        await writing
        await payOwed()
        await end(file!)
      } catch (error) {
        fail(error)
      }
      await file?.close().catch(fail)
      return { written, failure }
    },
  }
}
