import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import {
  type Asked,
  createMailbox,
  createManualClock,
  type RequestMount,
  type SocketMount,
  silentLog,
} from '../../src/foundation/index.ts'
import { type FrontDesk, openFrontDesk } from '../../src/http/index.ts'
import { apiToken, createWeb } from './house.ts'

let desk: FrontDesk | undefined
let pagesDir: string | undefined
afterEach(async () => {
  await desk?.close()
  if (pagesDir) await rm(pagesDir, { recursive: true })
  desk = pagesDir = undefined
})

async function open(sockets: readonly SocketMount[], requests: readonly RequestMount[] = []) {
  desk = await openFrontDesk({
    host: '127.0.0.1',
    port: 0,
    apiToken,
    log: silentLog,
    clock: createManualClock(),
    ...createWeb().web,
    mounts: { sockets, requests },
    pagesDir: pagesDir || undefined,
  })
  return desk.url
}

const echo: SocketMount = {
  path: '/echo/:name',
  maxMessageBytes: 16,
  origins: 'same',
  open: (socket, asked) => socket.onMessage(message => socket.send(`${asked.params.name}: ${message}`)),
}

it('serves a room’s socket with what was asked of it', async () => {
  const url = await open([echo])
  const client = new WebSocket(`${url.replace('http', 'ws')}/echo/li`, { origin: url })
  await once(client, 'open')
  client.send('喂')
  const [answer] = await once(client, 'message')
  expect(String(answer)).toBe('li: 喂')
  client.close()
  await once(client, 'close')
})

it('refuses a page of another origin before the room hears of it', async () => {
  const opened: Asked[] = []
  const url = await open([{ ...echo, open: (_, asked) => void opened.push(asked) }])
  const client = new WebSocket(`${url.replace('http', 'ws')}/echo/li`, { origin: 'https://evil.example' })
  const [error] = await once(client, 'error')
  expect(String(error)).toContain('403')
  expect(opened).toEqual([])
})

it('closes a socket with 1009 on a message that is too big', async () => {
  const url = await open([echo])
  const client = new WebSocket(`${url.replace('http', 'ws')}/echo/li`)
  await once(client, 'open')
  client.send('x'.repeat(17))
  const [code] = await once(client, 'close')
  expect(code).toBe(1009)
})

it('tells a room once that its socket has closed', async () => {
  const closes = createMailbox<string>()
  const url = await open([{ ...echo, open: socket => socket.onClose(() => closes.put('closed')) }])
  const client = new WebSocket(`${url.replace('http', 'ws')}/echo/li`)
  await once(client, 'open')
  client.terminate()
  expect(await closes.take()).toBe('closed')
})

it('hands a room the body as it was sent, and keeps to its size', async () => {
  const hook: RequestMount = {
    method: 'POST',
    path: '/hook',
    maxBodyBytes: 20,
    answer: async ({ body, url, headers }) => ({
      status: 202,
      type: 'text/plain',
      body: `${url} ${headers['x-signature']} ${body}`,
    }),
  }
  const url = await open([], [hook])
  const post = (body: string) =>
    fetch(`${url}/hook?a=b`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-signature': 's' },
    })
  const answer = await post('a=1&b=%E5%96%82')
  expect([answer.status, await answer.text()]).toEqual([202, '/hook?a=b s a=1&b=%E5%96%82'])
  expect((await post('x'.repeat(21))).status).toBe(413)
})

it('serves each built page at its name and below it, and home at the root', async () => {
  pagesDir = await mkdtemp(join(tmpdir(), 'jieting-'))
  for (const [page, text] of Object.entries({ home: '家', c: '字幕' })) {
    await mkdir(join(pagesDir, page))
    await writeFile(join(pagesDir, page, 'index.html'), text)
  }
  await mkdir(join(pagesDir, 'assets'))
  await writeFile(join(pagesDir, 'assets', 'a-1.js'), '1')
  await writeFile(join(pagesDir, 'icon.svg'), '<svg/>')
  const url = await open([])
  const get = async (path: string) => {
    const answer = await fetch(url + path)
    return [answer.status, answer.headers.get('cache-control'), await answer.text()]
  }
  expect(await get('/')).toEqual([200, null, '家'])
  expect(await get('/c/4711')).toEqual([200, null, '字幕'])
  expect(await get('/assets/a-1.js')).toEqual([200, 'public, max-age=31536000, immutable', '1'])
  expect((await get('/assets/../../x'))[0]).toBe(404)
  for (const path of ['/icon.svg', '/favicon.ico'])
    expect(await get(path)).toEqual([200, 'public, max-age=86400', '<svg/>'])
})

it('shows a page to a person at a wrong address, and tells a program which there are', async () => {
  pagesDir = await mkdtemp(join(tmpdir(), 'jieting-'))
  await mkdir(join(pagesDir, 'missing'))
  await writeFile(join(pagesDir, 'missing', 'index.html'), '没有这个页面')
  await mkdir(join(pagesDir, 'assets'))
  await writeFile(join(pagesDir, 'icon.svg'), '<svg/>')
  const url = await open([])
  const get = async (path: string, accept: string, method = 'GET') => {
    const answer = await fetch(url + path, { method, headers: { accept } })
    return [answer.status, answer.headers.get('content-type'), await answer.text()] as const
  }
  const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
  for (const path of ['/nowhere', '/orderz/2601050000127', '/api/cals', '/missing'])
    expect(await get(path, browser)).toEqual([404, 'text/html; charset=utf-8', '没有这个页面'])
  for (const [accept, method] of [
    ['*/*', 'GET'],
    ['application/json', 'GET'],
    [browser, 'POST'],
  ] as const) {
    const [status, type, text] = await get('/nowhere', accept, method)
    expect([status, type?.split(';')[0]]).toEqual([404, 'application/problem+json'])
    expect(text).toContain('route-unknown')
  }
})
