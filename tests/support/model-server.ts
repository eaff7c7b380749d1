import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a server sends as it is. */
export type RawAnswer = {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
}
/** What a model answers to what it was told; undefined: nothing, for as long as whoever asks waits. */
export type ModelAnswers = (told: {
  readonly system: string
  readonly prompt: string
}) => string | RawAnswer | undefined

type Asked = {
  readonly authorization: string | undefined
  readonly model: string
  readonly system: string
  readonly prompt: string
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

/** A server that speaks OpenAI's chat completions, and answers as a test has it. */
export async function openModelServer(answers: ModelAnswers) {
  const asked: Asked[] = []
  const waiting = new Set<() => void>()
  let current: ModelAnswers | 'refuses' = answers
  const server = createServer(async (request, response) => {
    const { model, messages } = JSON.parse(await bodyOf(request)) as {
      model: string
      messages: readonly { role: string; content: string }[]
    }
    const said = (role: string) => messages.find(one => one.role === role)?.content ?? ''
    const told = { system: said('system'), prompt: said('user') }
    asked.push({ ...told, model, authorization: request.headers.authorization })
    for (const tell of waiting) tell()
    if (current === 'refuses') {
      // As some do, it tells what it was asked.
      response.writeHead(500, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ error: { message: `cannot answer ${told.prompt}` } }))
      return
    }
    const content = current(told)
    if (content === undefined) return
    if (typeof content !== 'string') {
      response.writeHead(content.status, { 'content-type': 'application/json', ...content.headers })
      response.end(content.body)
      return
    }
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(
      JSON.stringify({
        id: 'one',
        created: 1,
        model,
        choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
      }),
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    now(answers: ModelAnswers | 'refuses') {
      current = answers
    },
    /** Resolves once it has been asked so often. */
    askedTimes: (count: number) =>
      new Promise<void>(resolve => {
        const look = () => {
          if (asked.length < count) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
