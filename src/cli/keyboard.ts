import { on } from 'node:events'
import type { ReadStream } from 'node:tty'

type Keyboard = NodeJS.ReadableStream & Partial<Pick<ReadStream, 'isTTY' | 'setRawMode'>>

/** What is typed, a character at a time and at once, until the input ends or the signal aborts; a pipe will do, too. */
export async function* typedOn(keyboard: Keyboard, signal: AbortSignal): AsyncGenerator<string> {
  if (keyboard.isTTY) keyboard.setRawMode?.(true)
  keyboard.setEncoding('utf8')
  try {
    for await (const [text] of on(keyboard, 'data', { signal, close: ['end', 'close'] })) yield* String(text)
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    if (keyboard.isTTY) keyboard.setRawMode?.(false)
    keyboard.pause()
  }
}
