import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { Fault } from '../foundation/index.ts'

/**
 * A line of the terminal that is not echoed, or the next line of what is piped in.
 * @param again asked at a terminal where nobody could tell later that it was mistyped
 * @throws Fault `secret-differs`
 */
export async function readSecret(question: string, again?: string): Promise<string> {
  if (process.stdin.isTTY !== true) return nextPiped()
  // A terminal is put into raw mode by readline, whose own echo goes nowhere: before it is asked, and from the first
  // question to the last, or what is typed in between would be seen.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  const interrupted = new Promise<never>((_, reject) => {
    lines.once('SIGINT', () => reject(new Error('interrupted')))
  })
  const typed = lines[Symbol.asyncIterator]()
  const ask = async (text: string) => {
    process.stderr.write(text)
    return Promise.race([firstOf(typed), interrupted]).finally(() => process.stderr.write('\n'))
  }
  try {
    const secret = await ask(question)
    if (again === undefined || (await ask(again)) === secret) return secret
  } finally {
    lines.close()
  }
  throw new Fault({
    code: 'secret-differs',
    place: 'terminal',
    found: 'something else the second time',
    expected: 'the same twice',
  })
}
/** What is piped in is read once: a command may ask for more than one secret. */
let piped: AsyncIterator<string> | undefined
function nextPiped(): Promise<string> {
  piped ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]()
  return firstOf(piped)
}

async function firstOf(lines: AsyncIterator<string>): Promise<string> {
  const { done, value } = await lines.next()
  return done ? '' : value
}
