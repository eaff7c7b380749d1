import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isRefusedText, openTextSender, type TextSender } from '../../src/texts/index.ts'

type Sent = { readonly to: string; readonly text: string }

let folder: string
let gateway: Server
let url: string
/** What the gateway says, and what it was asked. */
let status: number
let asked: { headers: Record<string, unknown>; body: unknown }[]

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'jieting-')), 'texts')
  status = 202
  asked = []
  gateway = createServer(async (request, response) => {
    asked.push({ headers: request.headers, body: await json(request) })
    response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end('{}')
  }).listen(0, '127.0.0.1')
  await once(gateway, 'listening')
  const address = gateway.address()
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/send`
})
afterEach(async () => {
  gateway.close()
  gateway.closeAllConnections()
  await rm(join(folder, '..'), { recursive: true })
})

const token = 'a-token-of-the-gateway'
const senders: readonly [string, () => TextSender, () => Promise<readonly unknown[]>][] = [
  [
    'the folder',
    () => openTextSender({ folder }),
    async () => {
      const names = (await readdir(folder).catch(() => [])).filter(name => name.endsWith('.json'))
      return Promise.all(names.map(async name => JSON.parse(await readFile(join(folder, name), 'utf8'))))
    },
  ],
  [
    'the webhook',
    () => openTextSender({ folder, webhook: { url, token } }),
    async () => asked.map(({ body }) => body),
  ],
]

describe.each(senders)('%s', (_name, open, sent) => {
  it('sends a text to a number, as it is', async () => {
    const text: Sent = { to: '+8613800138000', text: '【12345热线】“好”\n{link}' }
    await open().send(text)
    expect(await sent()).toEqual([text])
  })

  it('sends every text of many', async () => {
    const sender = open()
    await Promise.all(
      Array.from({ length: 20 }, (_, at) => sender.send({ to: '13800138000', text: `${at}` })),
    )
    const texts = (await sent()).map(one => Number((one as Sent).text))
    expect(texts.sort((one, other) => one - other)).toEqual([...Array(20).keys()])
  })

  it.each(['', 'sip:mallory@example.com', '13800138000;ext=1', '１３８'])(
    'sends nothing to %j, and repeats it nowhere',
    async to => {
      const failing = open().send({ to, text: 'x' })
      await expect(failing).rejects.toMatchObject({ code: 'text-number' })
      if (to !== '') await expect(failing).rejects.not.toThrow(to)
      expect(await sent()).toEqual([])
    },
  )

  it('sends nothing for a caller who is gone already', async () => {
    const gone = AbortSignal.abort(new Error('gone'))
    await expect(open().send({ to: '13800138000', text: 'x' }, gone)).rejects.toThrow('gone')
    expect(await sent()).toEqual([])
  })
})

it('keeps the folder to the hotline itself', async () => {
  await openTextSender({ folder }).send({ to: '13800138000', text: 'x' })
  const [name = ''] = await readdir(folder)
  expect((await stat(folder)).mode & 0o077).toBe(0)
  expect((await stat(join(folder, name))).mode & 0o077).toBe(0)
})

it('shows the gateway its token, and says so when it refuses, is away, or sends us elsewhere', async () => {
  const sender = openTextSender({ folder, webhook: { url, token } })
  const send = () => sender.send({ to: '13800138000', text: '王' })
  await send()
  expect(asked[0]?.headers).toMatchObject({
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
  })
  for (status of [500, 401, 307])
    await expect(send()).rejects.toMatchObject({ code: 'text-failed', place: 'TEXT_WEBHOOK' })
  gateway.close()
  gateway.closeAllConnections()
  await expect(send()).rejects.toMatchObject({ code: 'text-failed' })
  await expect(send()).rejects.not.toThrow(/13800138000|王|a-token/)
})

describe('a text and its id', () => {
  const text = { id: 'text_1', to: '13800138000', text: '您的工单' }

  it('go together to the gateway, in the header and in the body, at every try', async () => {
    const sender = openTextSender({ folder, webhook: { url, token } })
    status = 503
    await expect(sender.send(text)).rejects.toMatchObject({ code: 'text-failed' })
    status = 202
    await sender.send(text)
    expect(asked.map(({ headers, body }) => [headers['idempotency-key'], body])).toEqual([
      ['text_1', text],
      ['text_1', text],
    ])
  })

  it('are one file, however often they are sent', async () => {
    const sender = openTextSender({ folder })
    await sender.send(text)
    await sender.send(text)
    await sender.send({ ...text, id: '../text_2' })
    expect((await readdir(folder)).sort()).toEqual(['text____text_2.json', 'text_text_1.json'])
  })

  it.each([400, 402, 403, 404, 409, 410, 413, 415, 422, 451])(
    'are refused for good by status %i',
    async refused => {
      status = refused
      const failing = openTextSender({ folder, webhook: { url, token } }).send(text)
      await expect(failing).rejects.toMatchObject({ code: 'text-refused' })
      await expect(failing).rejects.toSatisfy(isRefusedText)
    },
  )

  it.each([401, 408, 425, 429, 500, 502, 503, 504, 307])(
    'may be tried again after status %i',
    async failed => {
      status = failed
      const failing = openTextSender({ folder, webhook: { url, token } }).send(text)
      await expect(failing).rejects.toMatchObject({ code: 'text-failed' })
      await expect(failing).rejects.not.toSatisfy(isRefusedText)
    },
  )
})
