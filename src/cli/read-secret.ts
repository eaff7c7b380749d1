import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

/** A line of the terminal that is not echoed, or the first line of what is piped in. */
export async function readSecret(question: string): Promise<string> {
  const isTerminal = process.stdin.isTTY === true
  if (isTerminal) process.stderr.write(question)
  // A terminal is put into raw mode by readline, whose own echo goes nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: isTerminal })
  const interrupted = new Promise<never>((_, reject) => {
    lines.once('SIGINT', () => reject(new Error('interrupted')))
  })
  try {
    return await Promise.race([firstLine(lines), interrupted])
  } finally {
    lines.close()
    if (isTerminal) process.stderr.write('\n')
  }
}

async function firstLine(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) return line
  return ''
}
